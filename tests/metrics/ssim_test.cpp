#include "metrics/ssim.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "metrics/image_pair.h"
#include "metrics/ms_ssim.h"
#include "metrics/ssim_direct.h"
#include "random_images.h"

namespace bench::metrics {
namespace {

SsimTerms terms(Window window, Padding padding) {
  return {.window = window,
          .padding = padding,
          .luminance_constant = 2.55 * 2.55,
          .contrast_constant = 7.65 * 7.65,
          .covariance_factor = window == Window::kUniform7 ? 49.0 / 48.0 : 1.0};
}

struct Shape {
  int height;
  int width;
};

// Smallest, odd, and on both sides of a tile's 256 columns.
const std::vector<Shape> kShapes{{11, 11},  {11, 300}, {37, 12}, {20, 256},
                                 {13, 266}, {12, 267}, {14, 522}};

TEST(MeanSsimOfPlane, EqualsTheDefinitionForEveryWindowPaddingShapeAndInstructionSet) {
  for (const auto& shape : kShapes) {
    const auto x = wavy_image(1, shape.height, shape.width, 30, 1);
    const auto y = wavy_image(1, shape.height, shape.width, 5, 2);
    const SsimPlanes<std::uint8_t> planes{x.samples.data(), y.samples.data(), shape.height,
                                          shape.width};
    for (const auto window : {Window::kGaussian11, Window::kUniform7}) {
      for (const auto padding : {Padding::kValid, Padding::kZero, Padding::kReplicate}) {
        const double direct = mean_ssim_directly(planes, terms(window, padding));
        for (const auto set : available_instruction_sets()) {
          EXPECT_NEAR(mean_ssim_of_plane<double>(planes, terms(window, padding), set), direct,
                      1e-12);
          // A map of one window has nothing to average the errors of float32 over.
          EXPECT_NEAR(mean_ssim_of_plane<float>(planes, terms(window, padding), set), direct, 5e-6);
        }
      }
    }
  }
}

TEST(MeanSsimOfPlane, LeavesOutTheLuminanceWhenTold) {
  const auto x = wavy_image(1, 30, 40, 20, 3), y = wavy_image(1, 30, 40, 9, 4);
  const SsimPlanes<std::uint8_t> planes{x.samples.data(), y.samples.data(), 30, 40};
  auto contrast = terms(Window::kGaussian11, Padding::kValid);
  contrast.with_luminance = false;
  EXPECT_NEAR(mean_ssim_of_plane<double>(planes, contrast), mean_ssim_directly(planes, contrast),
              1e-12);
}

struct Pair {
  Planes<std::uint8_t> x;
  Planes<std::uint8_t> y;
};

/// Images that are hard for float32: bright and nearly flat, black beside white, dark, noisy.
std::vector<Pair> hard_pairs() {
  std::vector<Pair> pairs;
  for (const int noise : {0, 1, 3, 20, 120}) {
    const auto x = wavy_image(3, 192, 256, noise, 5), y = wavy_image(3, 192, 256, 2, 6);
    const Pair waves{x, y};
    Pair dark = waves, bright = waves, two_levels = waves;
    for (std::size_t i = 0; i < x.samples.size(); ++i) {
      dark.x.samples[i] = static_cast<std::uint8_t>(x.samples[i] / 16);
      dark.y.samples[i] = static_cast<std::uint8_t>(y.samples[i] / 16);
      bright.x.samples[i] = static_cast<std::uint8_t>(250 + x.samples[i] % 3);
      bright.y.samples[i] = 251;
      const int level = i % 256 < 100 ? 0 : 253;
      two_levels.x.samples[i] = static_cast<std::uint8_t>(level + x.samples[i] % 3);
      two_levels.y.samples[i] = static_cast<std::uint8_t>(level + y.samples[i] % 2);
    }
    pairs.insert(pairs.end(), {waves, dark, bright, two_levels});
  }
  return pairs;
}

/// Largest difference that float32 arithmetic makes.
double largest_float_error(const SsimOptions& options) {
  auto in_float = options;
  in_float.precision = Precision::kFloat;
  double largest = 0.0;
  for (const auto& [x, y] : hard_pairs()) {
    const double error = ssim(x.view(), y.view(), in_float) - ssim(x.view(), y.view(), options);
    largest = std::max(largest, std::abs(error));
  }
  return largest;
}

TEST(Ssim, InFloat32StaysWithinAMillionthOfDouble) {
  double largest = 0.0;
  for (const auto window : {Window::kGaussian11, Window::kUniform7}) {
    for (const auto padding : {Padding::kValid, Padding::kZero, Padding::kReplicate}) {
      largest = std::max(largest, largest_float_error({.window = window, .padding = padding}));
    }
  }
  EXPECT_LT(largest, 1e-6);
  RecordProperty("largest_error_in_billionths", static_cast<int>(largest * 1e9));
}

TEST(Ssim, OfSmallImagesIsTheSameInEitherPrecision) {
  const auto x = noise_image(1, 30, 30, 1), y = noise_image(1, 30, 30, 2);
  EXPECT_EQ(ssim(x.view(), y.view(), {.precision = Precision::kFloat}), ssim(x.view(), y.view()));
}

TEST(MsSsim, InFloat32StaysWithinAMillionthOfDouble) {
  for (const int noise : {0, 1, 3, 20, 120}) {
    const auto x = wavy_image(3, 192, 256, noise, 7), y = wavy_image(3, 192, 256, 2, 8);
    EXPECT_NEAR(ms_ssim(x.view(), y.view(), Precision::kFloat), ms_ssim(x.view(), y.view()), 1e-6);
  }
}

TEST(Ssim, IsOneForConstantImagesAndItsClosedFormForUnlikeOnes) {
  const std::vector<std::uint8_t> dark(400, 50), light(400, 200);
  const ByteImage x{1, 20, 20, dark}, y{1, 20, 20, light};
  EXPECT_DOUBLE_EQ(ssim(x, x), 1.0);
  // No variance: the luminance term alone, (2 * 50 * 200 + C1) / (50^2 + 200^2 + C1).
  EXPECT_NEAR(ssim(x, y), (20000.0 + 6.5025) / (42500.0 + 6.5025), 1e-12);
}

TEST(Ssim, OfUnitRangeFloatsIsThatOfTheirBytes) {
  const auto x = wavy_image(3, 40, 50, 25, 9), y = wavy_image(3, 40, 50, 3, 10);
  EXPECT_NEAR(ssim(unit_range(x).view(), unit_range(y).view()), ssim(x.view(), y.view()), 1e-6);
}

TEST(Ssim, NamesTheImageAndTheWindowWhenItDoesNotFit) {
  const std::vector<std::uint8_t> pixel{7};
  try {
    ssim(ByteImage{1, 1, 1, pixel}, ByteImage{1, 1, 1, pixel});
    FAIL() << "no exception";
  } catch (const ImageTooSmall& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find("11 pixels"), std::string::npos) << message;
    EXPECT_NE(message.find("[1, 1, 1]"), std::string::npos) << message;
  }
  const auto small = noise_image(1, 175, 400, 1);
  EXPECT_THROW(ms_ssim(small.view(), small.view()), ImageTooSmall);
}

}  // namespace
}  // namespace bench::metrics
