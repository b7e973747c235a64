#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "baselines/classical/bm3d.h"
#include "tests/baselines/classical/images.h"
#include "tests/baselines/classical/numpy_noise.h"

namespace bench::classical {
namespace {

// PSNR of the IPOL program's own outputs (8-bit PNG), computed elsewhere: how, says the file.
// camera512.png is scikit-image's data.camera() (public domain, CC0).
nlohmann::json reference_values(const std::string& group) {
  std::ifstream file(reference_folder() / "bm3d_reference.json");
  const auto reference = nlohmann::json::parse(file);
  return group.empty() ? reference.at("values") : reference.at(group).at("values");
}

constexpr double kAcceptedDb = 0.1;

void expect_as_accurate(const nlohmann::json& expected, const FloatPlanes& clean,
                        const FloatPlanes& noisy, int sigma, Bm3dOptions options,
                        const std::string& name) {
  ASSERT_NEAR(psnr_db(noisy, clean), expected.at("noisy").get<double>(), 1e-4)
      << name << ": another noisy image than the reference's";
  options.threads = 2;
  const auto estimates = bm3d_estimates(noisy, sigma, options);
  const double basic = psnr_db(as_png(estimates.basic), clean);
  const double final = psnr_db(as_png(estimates.final), clean);
  const double basic_difference = basic - expected.at("basic").get<double>();
  const double final_difference = final - expected.at("final").get<double>();
  EXPECT_NEAR(basic_difference, 0.0, kAcceptedDb) << name;
  EXPECT_NEAR(final_difference, 0.0, kAcceptedDb) << name;
  std::printf("%-50s basic %.3f (%+.3f)  final %.3f (%+.3f) dB\n", name.c_str(), basic,
              basic_difference, final, final_difference);
}

FloatPlanes with_noise(FloatPlanes image, unsigned seed, int sigma) {
  const auto noise = numpy_standard_normal(seed, image.samples.size());
  for (std::size_t i = 0; i < noise.size(); ++i) {
    image.samples[i] = static_cast<float>(image.samples[i] + sigma * noise[i] / 255.0);
  }
  return image;
}

FloatPlanes clipped(FloatPlanes image) {
  for (float& sample : image.samples) sample = std::clamp(sample, 0.0f, 1.0f);
  return image;
}

FloatPlanes truncated(FloatPlanes image) {
  for (float& sample : image.samples) sample = std::floor(sample * 255.0f) / 255.0f;
  return image;
}

TEST(Bm3dReference, StoredImageWithBothTransforms) {
  const auto folder = reference_folder() / "metric_fixtures";
  const auto clean = read_png(folder / "gray_camera_192_s30_ref.png");
  const auto noisy = read_png(folder / "gray_camera_192_s30.png");
  const auto values = reference_values("");
  expect_as_accurate(values.at("gray_camera_192_s30 "), clean, noisy, 30, {}, "192 bior/dct");
  expect_as_accurate(values.at("gray_camera_192_s30 -tau_2d_hard dct"), clean, noisy, 30,
                     {.basic_transform = PatchTransform::kDct}, "192 dct/dct");
}

TEST(Bm3dReference, WholeImageClippedAndRounded) {
  const auto clean = read_png(reference_folder() / "camera512.png");
  const auto values = reference_values("");
  for (const int sigma : {30, 50, 70}) {
    const auto seed = static_cast<unsigned>(100 + sigma);
    const std::string name = "camera512 sigma" + std::to_string(sigma) +
                             " clip_round RandomState(" + std::to_string(seed) + ")";
    expect_as_accurate(values.at(name), clean, as_png(with_noise(clean, seed, sigma)), sigma, {},
                       name);
  }
}

TEST(Bm3dReference, CropUnderThreeNoiseProtocols) {
  const auto clean = square_crop(read_png(reference_folder() / "camera512.png"), 128, 256);
  const auto values = reference_values("clipping_effect_camera256crop_128_384");
  for (const int sigma : {30, 50, 70}) {
    const auto noisy = with_noise(clean, static_cast<unsigned>(200 + sigma), sigma);
    const std::string name = std::to_string(sigma);
    expect_as_accurate(values.at(name + " unclipped"), clean, noisy, sigma, {},
                       name + " unclipped");
    expect_as_accurate(values.at(name + " clipped"), clean, clipped(noisy), sigma, {},
                       name + " clipped");
    expect_as_accurate(values.at(name + " clipped_trunc_uint8"), clean, truncated(clipped(noisy)),
                       sigma, {}, name + " clipped_trunc_uint8");
  }
}

}  // namespace
}  // namespace bench::classical
