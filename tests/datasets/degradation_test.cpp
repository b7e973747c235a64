#include "datasets/degradation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bench::datasets {
namespace {

Image gray_image(int side, std::uint8_t value) {
  Image image = black_image(1, side, side);
  std::fill(image.samples.begin(), image.samples.end(), value);
  return image;
}

struct Moments {
  double mean, deviation;
};

Moments moments_of_error(const FloatImage& noisy, const Image& clean) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < noisy.samples.size(); ++i) {
    const double error = 255.0 * static_cast<double>(noisy.samples[i]) - clean.samples[i];
    sum += error;
    squares += error * error;
  }
  const auto count = static_cast<double>(noisy.samples.size());
  return {sum / count, std::sqrt(squares / count - sum / count * (sum / count))};
}

FloatImage noisy_gray(const Image& clean, DegradationKind kind, double sigma) {
  randomness::Stream stream = noise_stream(1, "gray", sigma);
  return degrade(clean, {kind, sigma}, stream);
}

TEST(Degradation, ReadsWhatItPrints) {
  const Degradation all[] = {{},
                             {DegradationKind::kAwgnFloat, 50},
                             {DegradationKind::kAwgnFloat, 0.1},
                             {DegradationKind::kAwgnClipTruncate, 30}};
  for (const Degradation& degradation : all) {
    EXPECT_EQ(parse_degradation(to_string(degradation)), degradation);
  }
  EXPECT_EQ(to_string(all[1]), "awgn-float(sigma=50)");
  EXPECT_EQ(to_string(all[3]), "awgn-clip-truncate(sigma=30)");
  EXPECT_EQ(parse_degradation("clearer-uint8(sigma=30)"), all[3]) << "its earlier name";
}

TEST(Degradation, RefusesWhatItCannotRead) {
  for (const char* text :
       {"", "gauss", "awgn-float", "awgn-float(50)", "awgn-float(sigma=0)", "awgn-float(sigma=-1)",
        "awgn-float(sigma=256)", "awgn-float(sigma=nan)", "awgn-float(sigma=5", "paired()",
        "awgn-float(sigma=5x)", "awgn-float(sigma=)"}) {
    EXPECT_THROW(parse_degradation(text), std::invalid_argument) << text;
  }
}

TEST(AwgnFloat, HasTheDeviationAskedForAndIsNotClipped) {
  const Image white = gray_image(256, 255);
  const FloatImage noisy = noisy_gray(white, DegradationKind::kAwgnFloat, 50);
  const Moments error = moments_of_error(noisy, white);
  // Standard errors sigma / 256 = 0.2 and sigma / (256 sqrt 2) = 0.14; five of each.
  EXPECT_NEAR(error.mean, 0.0, 1.0);
  EXPECT_NEAR(error.deviation, 50.0, 0.7);
  EXPECT_GT(*std::max_element(noisy.samples.begin(), noisy.samples.end()), 1.3F);
}

TEST(ClearerUint8, HoldsBytesAndIsHalfALevelTooDark) {
  const Image middle = gray_image(512, 128);
  const FloatImage noisy = noisy_gray(middle, DegradationKind::kAwgnClipTruncate, 10);
  for (const float value : noisy.samples) {
    const float level = value * 255.0F;
    ASSERT_NEAR(level, std::round(level), 1e-4);
    ASSERT_GE(level, 0.0F);
    ASSERT_LE(level, 255.0F);
  }
  // Truncation takes half a level on average; standard error 10 / 512 = 0.02.
  EXPECT_NEAR(moments_of_error(noisy, middle).mean, -0.5, 0.1);
}

// On white, clipping keeps the lower half of the noise: mean sigma / sqrt(2 pi) below it.
TEST(ClearerUint8, ClipsAtWhite) {
  const Image white = gray_image(512, 255);
  const FloatImage noisy = noisy_gray(white, DegradationKind::kAwgnClipTruncate, 50);
  const double expected = -50.0 / std::sqrt(2.0 * 3.14159265358979) - 0.25;
  EXPECT_NEAR(moments_of_error(noisy, white).mean, expected, 0.3);
}

TEST(NoiseStream, IsFixedByImageSigmaAndSeed) {
  const auto first = [](std::uint64_t seed, const char* name, double sigma) {
    return noise_stream(seed, name, sigma).next();
  };
  EXPECT_EQ(first(1, "a", 30), first(1, "a", 30));
  EXPECT_NE(first(1, "a", 30), first(2, "a", 30));
  EXPECT_NE(first(1, "a", 30), first(1, "b", 30));
  EXPECT_NE(first(1, "a", 30), first(1, "a", 50));
}

TEST(Degrade, RefusesToInventARainyImage) {
  randomness::Stream stream(1, "test");
  EXPECT_THROW(degrade(gray_image(4, 0), {}, stream), std::invalid_argument);
}

}  // namespace
}  // namespace bench::datasets
