// Every value of tests/reference/metric_fixtures/expected.json (computed with scikit-image, SciPy
// and Torch; its "definitions" say how) under the protocol that it stands for.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "metrics/downsample.h"
#include "metrics/luma.h"
#include "metrics/score.h"
#include "metrics/ssim_plane.h"
#include "png_image.h"
#include "random_images.h"

namespace bench::metrics {
namespace {

// What was computed in float64, and what its source computes in float32.
constexpr double kFloat64 = 1e-9;
constexpr double kFloat32 = 2e-5;

struct Flavour {
  std::string protocol;
  double tolerance = kFloat64;
};

const std::map<std::string, std::string>& space_of_suffix() {
  static const std::map<std::string, std::string> spaces{
      {"", "space=rgb"},
      {"_y_matlab_double", "space=y-bt601-limited"},
      {"_y_matlab_uint8", "space=y-bt601-limited-u8"},
      {"_y_full_range_uint8", "space=y-bt601-full-u8"},
      {"_pil_L", "space=pil-l"}};
  return spaces;
}

/// Protocol of each key of "values", but for those that are no scores.
std::map<std::string, Flavour> flavours() {
  std::map<std::string, Flavour> all{
      {"psnr_gray", {"psnr(space=rgb,round=u8)"}},
      {"psnr_rgb", {"psnr(space=rgb,round=u8)"}},
      {"psnr_skimage", {"psnr(space=rgb,round=u8)"}},
      {"psnr_crop4", {"psnr(space=rgb,round=u8,crop=4)"}},
      {"ssim_zero_pad_pytorch_float32", {"ssim(round=u8,pad=zero)", kFloat32}},
      {"ssim_zero_pad_pytorch_double", {"ssim(round=u8,pad=zero,window=gaussian11-f32)"}},
      {"ssim_zero_pad_float64_exact_window", {"ssim(round=u8,pad=zero)"}},
      {"ssim_wang_auto_downsample", {"ssim(round=u8,downsample=wang)"}},
      {"ssim_matlab_ipt", {"ssim(round=u8,pad=replicate)"}},
      {"ssim_skimage_gauss", {"ssim(round=u8)"}},
      {"ssim_skimage_gauss_samplecov", {"ssim(round=u8,cov=sample)"}},
      {"msssim_5scale", {"ms-ssim(round=u8)"}}};
  for (const auto& [suffix, space] : space_of_suffix()) {
    if (!suffix.empty()) all["psnr" + suffix] = {"psnr(round=u8," + space + ")"};
    all["ssim_gauss_valid" + suffix] = {"ssim(round=u8," + space + ")"};
    all["ssim_wang_auto" + suffix] = {"ssim(round=u8,downsample=wang," + space + ")"};
    all["ssim_skimage_default" + suffix] = {"ssim(round=u8,window=uniform7,cov=sample," + space +
                                            ")"};
  }
  return all;
}

std::filesystem::path fixtures() {
  return folder_from_environment("BENCH_METRIC_FIXTURES", "tests/reference/metric_fixtures");
}

nlohmann::json expected() {
  const auto file = fixtures() / "expected.json";
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error(file.string() + ": cannot be opened");
  return nlohmann::json::parse(stream);
}

TEST(Score, EqualsEveryFlavourOfTheFixtures) {
  const auto known = flavours();
  int checked = 0;
  const auto file = expected();
  for (const auto& [name, fixture] : file.at("cases").items()) {
    const auto target = read_png(fixtures() / fixture.at("ref").get<std::string>());
    const auto restored = read_png(fixtures() / fixture.at("test").get<std::string>());
    for (const auto& [key, value] : fixture.at("values").items()) {
      if (key == "first_pixel_check" || key == "msssim_per_scale_[ssim,cs]") continue;
      ASSERT_TRUE(known.contains(key)) << "no protocol for " << key;
      const auto& flavour = known.at(key);
      // Wang's flavour is listed as [value, downsampling factor].
      const double number = value.is_array() ? value[0].get<double>() : value.get<double>();
      const auto protocol = parse_protocol(flavour.protocol);
      EXPECT_NEAR(score(protocol, restored.view(), target.view()), number, flavour.tolerance)
          << name << " " << key;
      // The same images as a network gives them: floats in [0, 1].
      EXPECT_NEAR(score(protocol, unit_range(restored).view(), unit_range(target).view()), number,
                  flavour.tolerance)
          << name << " " << key << " from floats";
      ++checked;
    }
  }
  EXPECT_EQ(checked, 64);
}

TEST(Luma, OfTheFirstPixelEqualsTheFixture) {
  const auto check = expected()["cases"]["rgb_coffee_rain"]["values"]["first_pixel_check"];
  const auto target = read_png(fixtures() / "rgb_coffee_rain_ref.png");
  const auto limited = luma_bt601_limited(target.view());
  EXPECT_NEAR(limited.samples[0], check["y_matlab_double"].get<double>(), kFloat64);
  EXPECT_EQ(luma_bt601_full_8bit(target.view()).samples[0], check["y_full"].get<double>());
  EXPECT_EQ(luma_pil_l(target.view()).samples[0], check["pil_L"].get<double>());
}

TEST(WangDownsampleFactor, EqualsTheFixtures) {
  const auto file = expected();
  for (const auto& [name, fixture] : file.at("cases").items()) {
    const auto& shape = fixture.at("shape");
    for (const auto& [key, value] : fixture.at("values").items()) {
      if (key.rfind("ssim_wang", 0) != 0) continue;
      EXPECT_EQ(wang_downsample_factor(shape[0], shape[1]), value[1].get<int>()) << name;
    }
  }
}

TEST(MsSsim, EqualsTheFixtureAtEveryScale) {
  const auto fixture = expected()["cases"]["gray_camera_192_s30"];
  auto target = to_eight_bit_scale(read_png(fixtures() / fixture["ref"]).view());
  auto restored = to_eight_bit_scale(read_png(fixtures() / fixture["test"]).view());
  for (const auto& scale : fixture["values"]["msssim_per_scale_[ssim,cs]"]) {
    SsimTerms terms{.luminance_constant = 2.55 * 2.55,
                    .contrast_constant = 7.65 * 7.65,
                    .with_luminance = true};
    const SsimPlanes<double> planes{restored.samples.data(), target.samples.data(), target.height,
                                    target.width};
    EXPECT_NEAR(mean_ssim_of_plane<double>(planes, terms), scale[0].get<double>(), kFloat64);
    terms.with_luminance = false;
    EXPECT_NEAR(mean_ssim_of_plane<double>(planes, terms), scale[1].get<double>(), kFloat64);
    target = halve<double>(target.view());
    restored = halve<double>(restored.view());
  }
}

}  // namespace
}  // namespace bench::metrics
