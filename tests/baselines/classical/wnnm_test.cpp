#include "baselines/classical/wnnm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "baselines/classical/bm3d.h"
#include "baselines/classical/low_rank.h"
#include "baselines/classical/patch_search.h"
#include "tests/baselines/classical/images.h"
#include "tests/baselines/classical/numpy_noise.h"

namespace bench::classical {
namespace {

/// What numpy makes of the definition: see wnnm_reference.py beside it.
nlohmann::json numpy_values(const std::string& group) {
  std::ifstream file(reference_folder() / "wnnm_reference.json");
  return nlohmann::json::parse(file).at(group);
}

FloatPlanes rectangle(const FloatPlanes& image, int top, int left, int height, int width) {
  FloatPlanes part{1, height, width, {}};
  for (int y = top; y < top + height; ++y) {
    const auto row = image.samples.begin() + static_cast<std::ptrdiff_t>(y) * image.width;
    part.samples.insert(part.samples.end(), row + left, row + left + width);
  }
  return part;
}

FloatPlanes with_numpy_noise(FloatPlanes image, unsigned seed, double sigma_8bit) {
  const auto noise = numpy_standard_normal(seed, image.samples.size());
  for (std::size_t i = 0; i < noise.size(); ++i) {
    image.samples[i] = static_cast<float>(image.samples[i] + sigma_8bit * noise[i] / 255.0);
  }
  return image;
}

FloatPlanes constant_gray(int height, int width, float value) {
  return {1, height, width, std::vector<float>(static_cast<std::size_t>(height * width), value)};
}

double largest_difference(const FloatPlanes& a, const FloatPlanes& b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.samples.size(); ++i) {
    largest = std::max<double>(largest, std::abs(a.samples[i] - b.samples[i]));
  }
  return largest;
}

TEST(SingularValueShrinkage, GivesWhatThePaperGivesByHand) {
  const double c = 2.0 * std::sqrt(2.0);
  // c sqrt(2) = 4: sqrt(100 - 2) = 9.899495, 10 - 4 / that = 9.595939, then 9.583157, 9.582601.
  const SingularValueShrinkage shrinkage{.sigma = 1.0, .columns = 2, .strength = c};
  EXPECT_NEAR(shrinkage(10.0), 9.582601, 1e-6);
  // Not above what noise alone would give: 1.4^2 < 2.
  EXPECT_EQ(shrinkage(1.4), 0.0);
  EXPECT_EQ(shrinkage(0.0), 0.0);
  // sqrt(9 - 2) = 2.645751: 1.488142, 0.312085, then 3 - 12.8 < 0.
  EXPECT_EQ(shrinkage(3.0), 0.0);
  const SingularValueShrinkage noise_free{.sigma = 0.0, .columns = 2, .strength = c};
  EXPECT_EQ(noise_free(3.0), 3.0);
}

TEST(SingularValueShrinkage, OfWholeMatricesEqualsNumpy) {
  for (const auto& expected : numpy_values("matrices")) {
    auto matrix = expected.at("matrix").get<std::vector<float>>();
    const SingularValueShrinkage shrinkage{expected.at("sigma"), expected.at("columns"),
                                           2.0 * std::sqrt(2.0)};
    shrink_singular_values(matrix, expected.at("rows"), shrinkage);
    const auto values = expected.at("shrunk").get<std::vector<double>>();
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_NEAR(matrix[i], values[i], 1e-4) << expected.at("rows") << " rows, value " << i;
    }
  }
}

TEST(PatchSearch, FindsTheNearestInOrderInsideTheImage) {
  const auto image = rectangle(read_png(reference_folder() / "camera512.png"), 80, 200, 20, 23);
  const auto plane =
      mirror_padded(image.samples.data(), image.height, image.width, 0, Mirror::kEdgeTwice);
  constexpr int kPatch = 6;
  PatchSearch search(kPatch, 9);
  for (const auto& [row, column] : {std::pair{0, 0}, std::pair{14, 17}, std::pair{7, 3}}) {
    std::vector<std::pair<double, std::uint32_t>> all;
    for (int y = std::max(row - 9, 0); y <= std::min(row + 9, 20 - kPatch); ++y) {
      for (int x = std::max(column - 9, 0); x <= std::min(column + 9, 23 - kPatch); ++x) {
        double distance = 0.0;
        for (int i = 0; i < kPatch * kPatch; ++i) {
          const int dy = i / kPatch, dx = i % kPatch;
          distance += std::pow(*plane.at(y + dy, x + dx) - *plane.at(row + dy, column + dx), 2);
        }
        all.emplace_back(distance, y * 23 + x);
      }
    }
    std::sort(all.begin(), all.end());
    const auto& found = search.nearest(plane, row, column, 30);
    ASSERT_EQ(found.size(), 30u);
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], all[i].second) << i;
    EXPECT_EQ(search.nearest(plane, row, column, 1000).size(), all.size());
  }
}

TEST(WnnmReference, EqualsTheDefinitionInNumpy) {
  const auto camera = read_png(reference_folder() / "camera512.png");
  for (const auto& expected : numpy_values("images")) {
    const double sigma = expected.at("sigma_8bit");
    const auto clean = rectangle(camera, expected.at("top"), expected.at("left"),
                                 expected.at("height"), expected.at("width"));
    const auto noisy = with_numpy_noise(clean, expected.at("seed"), sigma);
    ASSERT_NEAR(psnr_db(noisy, clean), expected.at("noisy_psnr_db").get<double>(), 1e-4);
    auto options = wnnm_options_for(sigma);
    options.search_radius = expected.at("search_radius");
    const auto restored = wnnm(noisy, sigma, options);
    const auto values = expected.at("values").get<std::vector<double>>();
    double largest = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      largest = std::max(largest, std::abs(restored.samples[13 * i] * 255.0 - values[i]));
    }
    const double difference_db = psnr_db(restored, clean) - expected.at("psnr_db").get<double>();
    std::printf("sigma %g: largest difference %.5f of 255, PSNR %+.6f dB\n", sigma, largest,
                difference_db);
    EXPECT_LT(largest, 0.02) << "sigma " << sigma;
    EXPECT_NEAR(difference_db, 0.0, 1e-3) << "sigma " << sigma;
  }
}

TEST(Wnnm, DoesNotDependOnTheNumberOfThreads) {
  const auto noisy =
      square_crop(read_png(reference_folder() / "metric_fixtures/gray_camera_192_s30.png"), 50, 33);
  const auto one = wnnm(noisy, 30.0, 1);
  EXPECT_EQ(one, wnnm(noisy, 30.0, 3));
  EXPECT_EQ(one, wnnm(noisy, 30.0, 64));
}

TEST(Wnnm, KeepsAConstantImageOfAnySmallShape) {
  for (const double sigma_8bit : {10.0, 25.0, 50.0, 70.0}) {
    const auto gray = constant_gray(9, 17, 0.4f);
    EXPECT_LT(largest_difference(wnnm(gray, sigma_8bit), gray), 1e-5) << sigma_8bit;
  }
}

TEST(Wnnm, FindsTheConstantImageBelowTheNoise) {
  const auto gray = constant_gray(40, 40, 0.4f);
  const auto noisy = with_numpy_noise(gray, 7, 25.0);
  // 1600 pixels: their mean alone would give 52 dB.
  EXPECT_GT(psnr_db(wnnm(noisy, 25.0), gray), 40.0);
}

TEST(Wnnm, KeepsAnImageThatHasNoNoise) {
  const auto clean = square_crop(read_png(reference_folder() / "camera512.png"), 100, 30);
  EXPECT_LT(largest_difference(wnnm(clean, 0.01), clean), 0.1 / 255.0);
}

// Of the published mean gain on BSD68, .26 dB at sigma 25; docs/methods.md says what was measured.
TEST(Wnnm, IsBetterThanBm3dOnAnImage) {
  const auto clean = square_crop(read_png(reference_folder() / "camera512.png"), 190, 96);
  const auto noisy = with_numpy_noise(clean, 11, 25.0);
  const double wnnm_db = psnr_db(wnnm(noisy, 25.0, 2), clean);
  const double bm3d_db = psnr_db(bm3d(noisy, 25.0), clean);
  std::printf("wnnm %.3f dB, bm3d %.3f dB\n", wnnm_db, bm3d_db);
  EXPECT_GT(wnnm_db, bm3d_db + 0.1);
}

TEST(Wnnm, TakesThePublishedSettings) {
  EXPECT_EQ(wnnm_options_for(20.0).patch_size, 6);
  EXPECT_EQ(wnnm_options_for(20.1).patch_size, 7);
  EXPECT_EQ(wnnm_options_for(50.0).largest_group, 120);
  EXPECT_EQ(wnnm_options_for(70.0).patch_size, 9);
}

void expect_wnnm_refuses(const FloatPlanes& noisy, double sigma_8bit, const WnnmOptions& options,
                         const std::string& named) {
  try {
    wnnm(noisy, sigma_8bit, options);
    FAIL() << "accepted: " << named;
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find(named), std::string::npos) << error.what();
  }
}

TEST(Wnnm, RefusesWhatItCannotRestore) {
  const auto gray = constant_gray(16, 16, 0.5f);
  expect_wnnm_refuses({3, 16, 16, std::vector<float>(768)}, 25.0, {}, "gray");
  expect_wnnm_refuses(constant_gray(6, 16, 0.5f), 25.0, {}, "at least 7");
  expect_wnnm_refuses({1, 16, 16, std::vector<float>(3)}, 25.0, {}, "samples");
  expect_wnnm_refuses(gray, -1.0, {}, "noise level");
  expect_wnnm_refuses(gray, 25.0, {.patch_size = 5}, "patch_size");
  expect_wnnm_refuses(gray, 25.0, {.largest_group = 60}, "largest_group");
  expect_wnnm_refuses(gray, 25.0, {.threads = 0}, "thread");
  auto spoilt = gray;
  spoilt.samples[100] = std::numeric_limits<float>::quiet_NaN();
  expect_wnnm_refuses(spoilt, 25.0, {}, "sample 100");
}

}  // namespace
}  // namespace bench::classical
