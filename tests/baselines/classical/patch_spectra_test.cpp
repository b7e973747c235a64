#include "baselines/classical/patch_spectra.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "baselines/classical/lanes.h"
#include "core/randomness/stream.h"

namespace bench::classical {
namespace {

constexpr int kRows = 2;
constexpr int kColumns = 32;
constexpr int kStride = 80;

std::vector<float> random_pixels() {
  randomness::Stream stream(1, "patch_spectra_test");
  std::vector<float> pixels(kStride * 20);
  for (float& pixel : pixels) pixel = static_cast<float>(stream.uniform());
  return pixels;
}

std::vector<float> spectra_of(const std::vector<float>& pixels, const PatchRectangle& rectangle,
                              PatchTransform transform) {
  std::vector<float> spectra(
      static_cast<std::size_t>(rectangle.rows * rectangle.columns * rectangle.coefficients()));
  transform_patches(pixels.data(), kStride, rectangle, transform, spectra.data());
  return spectra;
}

double dct_coefficient(const float* patch, int size, int v, int u) {
  double sum = 0.0;
  for (int j = 0; j < size; ++j) {
    for (int i = 0; i < size; ++i) {
      sum += patch[j * kStride + i] * std::cos(std::numbers::pi * (2 * j + 1) * v / (2.0 * size)) *
             std::cos(std::numbers::pi * (2 * i + 1) * u / (2.0 * size));
    }
  }
  return sum * std::sqrt((v == 0 ? 1.0 : 2.0) / size) * std::sqrt((u == 0 ? 1.0 : 2.0) / size);
}

TEST(TransformPatches, DctIsItsDefinition) {
  const auto pixels = random_pixels();
  for (const int size : {8, 12}) {
    const PatchRectangle rectangle{kRows, kColumns, size};
    const auto spectra = spectra_of(pixels, rectangle, PatchTransform::kDct);
    const int row = 1;
    const int column = 19;
    const float* spectrum = spectra.data() + (row * kColumns + column) * size * size;
    for (int v = 0; v < size; ++v) {
      for (int u = 0; u < size; ++u) {
        const double expected = dct_coefficient(pixels.data() + row * kStride + column, size, v, u);
        EXPECT_NEAR(spectrum[v * size + u], expected, 1e-5) << size << ": " << v << ", " << u;
      }
    }
  }
}

TEST(AddInversePatches, UndoesEachTransformWherePatchesDoNotOverlap) {
  const auto pixels = random_pixels();
  for (const auto& [transform, size] : {std::pair{PatchTransform::kDct, 8},
                                        {PatchTransform::kDct, 12},
                                        {PatchTransform::kBior15, 8}}) {
    const PatchRectangle rectangle{kRows, kColumns, size};
    auto spectra = spectra_of(pixels, rectangle, transform);
    const int kept = kColumns + 7;  // the patch in row 1, column 7
    for (int patch = 0; patch < kRows * kColumns; ++patch) {
      if (patch == kept) continue;
      std::fill_n(spectra.begin() + patch * size * size, size * size, 0.0f);
    }
    std::vector<float> sum(kStride * 20, 0.0f);
    const std::vector<float> window(static_cast<std::size_t>(size * size), 2.0f);
    add_inverse_patches(spectra.data(), rectangle, transform, window.data(), sum.data(), kStride);
    for (int y = 0; y < 20; ++y) {
      for (int x = 0; x < kStride; ++x) {
        const bool inside = y >= 1 && y < 1 + size && x >= 7 && x < 7 + size;
        const auto i = static_cast<std::size_t>(y * kStride + x);
        EXPECT_NEAR(sum[i], inside ? 2.0f * pixels[i] : 0.0f, 1e-5f) << y << ", " << x;
      }
    }
  }
}

}  // namespace
}  // namespace bench::classical
