#include "datasets/dead_leaves.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <vector>

#include "core/digest/sha256.h"

namespace bench::datasets {
namespace {

constexpr int kSide = 64;
constexpr int kImages = 24;

using Spectrum = std::vector<std::complex<double>>;

// Discrete Fourier transform along one axis, by definition.
Spectrum transformed_rows(const Spectrum& rows) {
  Spectrum result(rows.size());
  std::vector<std::complex<double>> unit(kSide);
  for (int k = 0; k < kSide; ++k) unit[k] = std::polar(1.0, -2.0 * M_PI * k / kSide);
  // The result is transposed, so that twice gives the transform of both axes.
  for (int row = 0; row < kSide; ++row) {
    for (int k = 0; k < kSide; ++k) {
      std::complex<double> sum = 0.0;
      for (int x = 0; x < kSide; ++x) sum += rows[row * kSide + x] * unit[k * x % kSide];
      result[k * kSide + row] = sum;
    }
  }
  return result;
}

Spectrum spectrum_of(const Image& gray) {
  double mean = 0.0;
  for (const auto sample : gray.samples) mean += sample;
  mean /= static_cast<double>(gray.samples.size());
  Spectrum values(gray.samples.size());
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      // Hann's window: without it the image's rims look like edges.
      const double window = (0.5 - 0.5 * std::cos(2.0 * M_PI * (y + 0.5) / kSide)) *
                            (0.5 - 0.5 * std::cos(2.0 * M_PI * (x + 0.5) / kSide));
      values[y * kSide + x] = window * (gray.samples[y * kSide + x] - mean);
    }
  }
  return transformed_rows(transformed_rows(values));
}

// Slope of log power against log frequency, of mean power in rings.
double spectral_slope(const std::vector<Image>& images) {
  constexpr int kRings = 8;
  double power[kRings] = {};
  double frequency[kRings] = {};
  int count[kRings] = {};
  for (const Image& image : images) {
    const Spectrum spectrum = spectrum_of(image);
    for (int v = -kSide / 2; v < kSide / 2; ++v) {
      for (int u = -kSide / 2; u < kSide / 2; ++u) {
        const double radius = std::hypot(u, v);
        const int ring = static_cast<int>(
            std::floor(kRings * std::log(radius / 2.0) / std::log(kSide * 0.4 / 2.0)));
        if (radius < 2.0 || ring >= kRings) continue;
        power[ring] += std::norm(spectrum[((v + kSide) % kSide) * kSide + (u + kSide) % kSide]);
        frequency[ring] += radius;
        ++count[ring];
      }
    }
  }
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (int ring = 0; ring < kRings; ++ring) {
    const double x = std::log(frequency[ring] / count[ring]);
    const double y = std::log(power[ring] / count[ring]);
    sx += x, sy += y, sxx += x * x, sxy += x * y;
  }
  return (kRings * sxy - sx * sy) / (kRings * sxx - sx * sx);
}

double gradient_kurtosis(const Image& gray) {
  double second = 0.0;
  double fourth = 0.0;
  double count = 0.0;
  for (int y = 0; y < gray.height; ++y) {
    for (int x = 1; x < gray.width; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * static_cast<std::size_t>(gray.width) +
                            static_cast<std::size_t>(x);
      const double difference = gray.samples[i] - static_cast<double>(gray.samples[i - 1]);
      second += difference * difference;
      fourth += difference * difference * difference * difference;
      count += 1.0;
    }
  }
  return fourth / count / (second / count * (second / count));
}

std::vector<Image> gray_scenes() {
  std::vector<Image> scenes;
  for (int index = 0; index < kImages; ++index) {
    scenes.push_back(embedded_scene(11, static_cast<std::uint64_t>(index), kSide, kSide, 1));
  }
  return scenes;
}

// Natural images: power falls as f^-2 (Field 1987; -2.3 +- 0.5 measured the same way on BSD68).
TEST(EmbeddedScene, HasTheSpectrumOfNaturalImages) {
  EXPECT_NEAR(spectral_slope(gray_scenes()), -2.0, 0.5);
}

// Natural images: differences of neighbors are far from normal (kurtosis 3), about 10-20.
TEST(EmbeddedScene, HasTheHeavyTailedGradientsOfNaturalImages) {
  double sum = 0.0;
  for (const Image& scene : gray_scenes()) sum += gradient_kurtosis(scene);
  EXPECT_GT(sum / kImages, 6.0);
  EXPECT_LT(sum / kImages, 30.0);
}

TEST(EmbeddedScene, UsesTheRangeWithoutBurningOut) {
  double mean = 0.0;
  double clipped = 0.0;
  for (const Image& scene : gray_scenes()) {
    for (const auto sample : scene.samples) {
      mean += sample / 255.0;
      clipped += sample == 0 || sample == 255 ? 1.0 : 0.0;
    }
  }
  constexpr double kSamples = kImages * kSide * kSide;
  EXPECT_NEAR(mean / kSamples, 0.45, 0.1);
  EXPECT_LT(clipped / kSamples, 0.05);
}

TEST(EmbeddedScene, HasColor) {
  const Image scene = embedded_scene(11, 0, kSide, kSide, 3);
  double difference = 0.0;
  for (std::size_t i = 0; i < scene.plane_size(); ++i) {
    difference += std::abs(scene.samples[i] - scene.samples[2 * scene.plane_size() + i]);
  }
  EXPECT_GT(difference / static_cast<double>(scene.plane_size()), 10.0);
}

TEST(EmbeddedScene, OfOneChannelIsTheLumaOfTheColorOne) {
  EXPECT_EQ(embedded_scene(3, 4, 33, 21, 1), to_gray(embedded_scene(3, 4, 33, 21, 3)));
}

TEST(EmbeddedScene, DependsOnSeedAndIndexAlone) {
  const Image scene = embedded_scene(3, 4, 32, 32, 3);
  EXPECT_EQ(embedded_scene(3, 4, 32, 32, 3), scene);
  EXPECT_NE(embedded_scene(3, 5, 32, 32, 3), scene);
  EXPECT_NE(embedded_scene(4, 4, 32, 32, 3), scene);
}

TEST(EmbeddedScene, TakesEverySizeFromOnePixel) {
  EXPECT_EQ(embedded_scene(1, 1, 1, 1, 3).samples.size(), 3U);
  EXPECT_EQ(embedded_scene(1, 1, 7, 200, 1).width, 200);
  EXPECT_THROW(embedded_scene(1, 1, 0, 8, 3), ImageError);
  EXPECT_THROW(embedded_scene(1, 1, 8, 5000, 3), ImageError);
  EXPECT_THROW(embedded_scene(1, 1, 8, 8, 2), ImageError);
}

// A contract of determinism: each machine, compiler and optimization level makes these bytes. That
// the images are good is what the tests above show. Whoever changes the generator on purpose
// gives its stream a new version and this test a new hash.
TEST(EmbeddedScene, IsTheSameOnEveryMachine) {
  const Image scene = embedded_scene(2020, 1, 128, 128, 3);
  EXPECT_EQ(digest::sha256_hex(
                {reinterpret_cast<const char*>(scene.samples.data()), scene.samples.size()}),
            "7dfd287f321008ef41a1cd9057231e2676fcfc6883f8910b2192118d6c665718");
}

}  // namespace
}  // namespace bench::datasets
