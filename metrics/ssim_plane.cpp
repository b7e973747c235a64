#include "metrics/ssim_plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace bench::metrics {
namespace {

// Output columns of a tile: eleven rows of s and d and four filtered rows then fit 32 kB in
// float32, and the halo of 10 columns costs 4 %.
constexpr int kTile = 256;

// Output rows of a tile: few enough for one center to suit them, many enough that reloading ten
// rows a tile costs little.
constexpr int kTileRows = 64;

/// A rectangle of the SSIM map.
struct Tile {
  int first_row;
  int row_count;
  int first;  ///< column
  int count;  ///< of columns
};

int padding_of(const SsimTerms& terms) {
  return terms.padding == Padding::kValid ? 0 : window_radius(terms.window);
}

/// About the mean of x + y under the tile. Variances do not depend on what is subtracted first, and
/// this keeps the squares small, so that they lose few digits when the squared mean is taken off.
template <typename Sample>
double twice_center_of(const SsimPlanes<Sample>& planes, const SsimTerms& terms, const Tile& tile) {
  constexpr int kStep = 8;
  const int pad = padding_of(terms);
  const int row = std::clamp(tile.first_row - pad + tile.row_count / 2, 0, planes.height - 1);
  const auto start = static_cast<std::ptrdiff_t>(row) * planes.width;
  const int begin = std::max(0, tile.first - pad);
  const int end = std::min(planes.width, tile.first + tile.count);
  double sum = 0.0;
  int count = 0;
  for (int column = begin; column < end; column += kStep, ++count) {
    sum += static_cast<double>(planes.restored[start + column]) +
           static_cast<double>(planes.target[start + column]);
  }
  // Whole numbers keep differences of bytes exact.
  return std::is_integral_v<Sample> ? std::round(sum / count) : sum / count;
}

/// Taps 0 .. radius; in float32 on a grid of 2^-25 and of sum 1 to the last bit, for a sum of
/// 1 + e would leave e times the squared mean in every variance.
template <typename Real, int kRadius>
std::array<Real, kRadius + 1> half_taps(Window window) {
  constexpr double kGrid = 33554432.0;  // 2^25
  const auto all = window_taps(window);
  std::array<Real, kRadius + 1> taps;
  double others = 0.0;
  for (std::size_t k = 1; k < taps.size(); ++k) {
    const double tap = all[static_cast<std::size_t>(kRadius) + k];
    taps[k] =
        static_cast<Real>(std::is_same_v<Real, float> ? std::round(tap * kGrid) / kGrid : tap);
    others += 2.0 * static_cast<double>(taps[k]);
  }
  taps[0] = static_cast<Real>(1.0 - others);
  return taps;
}

template <typename Real, int kRadius>
struct TileRows {
  static constexpr int kTaps = 2 * kRadius + 1;
  static constexpr int kWidth = kTile + 2 * kRadius;

  alignas(64) std::array<std::array<Real, kWidth>, kTaps> sum;         ///< x + y, centered
  alignas(64) std::array<std::array<Real, kWidth>, kTaps> difference;  ///< x - y
  alignas(64) std::array<Real, kWidth> mean_sum;
  alignas(64) std::array<Real, kWidth> mean_difference;
  alignas(64) std::array<Real, kWidth> square_sum;
  alignas(64) std::array<Real, kWidth> square_difference;
  alignas(64) std::array<double, kTile> column_total;
};

/// Source row `row` (may lie outside the image) of the tile and its halo, as sums and
/// differences.
template <int kRadius, typename Real, typename Sample>
BENCH_INLINE_BODY void load_row(const SsimPlanes<Sample>& planes, const SsimTerms& terms,
                                const Tile& tile, int row, Real twice_center, Real* __restrict sum,
                                Real* __restrict difference) {
  const int pad = padding_of(terms);
  const int width = tile.count + 2 * kRadius;
  if (terms.padding == Padding::kZero && (row < 0 || row >= planes.height)) {
    std::fill(sum, sum + width, -twice_center);
    std::fill(difference, difference + width, Real(0));
    return;
  }
  const auto start =
      static_cast<std::ptrdiff_t>(std::clamp(row, 0, planes.height - 1)) * planes.width;
  const Sample* x = planes.restored + start;
  const Sample* y = planes.target + start;
  const int offset = tile.first - pad;  // source column of the row buffers' first element
  const int inside_begin = std::max(0, -offset);
  const int inside_end = std::min(width, planes.width - offset);
  for (int i = inside_begin; i < inside_end; ++i) {
    const Real a = static_cast<Real>(x[offset + i]);
    const Real b = static_cast<Real>(y[offset + i]);
    sum[i] = a + b - twice_center;
    difference[i] = a - b;
  }
  const bool zero = terms.padding == Padding::kZero;
  const auto pad_from = [&](int i, int inside) __attribute__((always_inline)) {
    sum[i] = zero ? -twice_center : sum[inside];
    difference[i] = zero ? Real(0) : difference[inside];
  };
  for (int i = 0; i < inside_begin; ++i) pad_from(i, inside_begin);
  for (int i = inside_end; i < width; ++i) pad_from(i, inside_end - 1);
}

/// Weighted sums down the columns of s, d and their squares; rows r and -r share a weight.
template <int kRadius, typename Real>
BENCH_INLINE_BODY void filter_columns(TileRows<Real, kRadius>& rows, int newest, int width,
                                      const std::array<Real, kRadius + 1>& taps) {
  constexpr int kTaps = 2 * kRadius + 1;
  const Real* sums[kTaps];
  const Real* differences[kTaps];
  for (int k = 0; k < kTaps; ++k) {
    const auto slot = static_cast<std::size_t>((newest + 1 + k) % kTaps);
    sums[k] = rows.sum[slot].data();
    differences[k] = rows.difference[slot].data();
  }
  Real* __restrict mean_sum = rows.mean_sum.data();
  Real* __restrict mean_difference = rows.mean_difference.data();
  Real* __restrict square_sum = rows.square_sum.data();
  Real* __restrict square_difference = rows.square_difference.data();
  BENCH_INDEPENDENT_ITERATIONS
  for (int i = 0; i < width; ++i) {
    const Real s = sums[kRadius][i], d = differences[kRadius][i];
    Real m_s = taps[0] * s, m_d = taps[0] * d, q_s = taps[0] * (s * s), q_d = taps[0] * (d * d);
#pragma GCC unroll 5
    for (int k = 1; k <= kRadius; ++k) {
      const Real s1 = sums[kRadius - k][i], s2 = sums[kRadius + k][i];
      const Real d1 = differences[kRadius - k][i], d2 = differences[kRadius + k][i];
      const Real tap = taps[static_cast<std::size_t>(k)];
      m_s += tap * (s1 + s2);
      m_d += tap * (d1 + d2);
      q_s += tap * (s1 * s1 + s2 * s2);
      q_d += tap * (d1 * d1 + d2 * d2);
    }
    mean_sum[i] = m_s;
    mean_difference[i] = m_d;
    square_sum[i] = q_s;
    square_difference[i] = q_d;
  }
}

template <int kRadius, typename Real>
BENCH_INLINE_BODY Real filter_at(const Real* row, const std::array<Real, kRadius + 1>& taps) {
  Real value = taps[0] * row[kRadius];
#pragma GCC unroll 5
  for (int k = 1; k <= kRadius; ++k) {
    value += taps[static_cast<std::size_t>(k)] * (row[kRadius - k] + row[kRadius + k]);
  }
  return value;
}

/// Filters along the rows, and adds one row of the SSIM map to the columns' totals.
template <bool kLuminance, int kRadius, typename Real>
BENCH_INLINE_BODY void add_map_row(TileRows<Real, kRadius>& rows, int count, const SsimTerms& terms,
                                   Real twice_center, const std::array<Real, kRadius + 1>& taps) {
  const Real c1 = static_cast<Real>(2.0 * terms.luminance_constant);
  const Real c2 = static_cast<Real>(2.0 * terms.contrast_constant);
  const Real factor = static_cast<Real>(terms.covariance_factor);
  const Real* mean_sum = rows.mean_sum.data();
  const Real* mean_difference = rows.mean_difference.data();
  const Real* square_sum = rows.square_sum.data();
  const Real* square_difference = rows.square_difference.data();
  double* __restrict total = rows.column_total.data();
  BENCH_INDEPENDENT_ITERATIONS
  for (int i = 0; i < count; ++i) {
    const Real m_s = filter_at<kRadius>(mean_sum + i, taps);
    const Real m_d = filter_at<kRadius>(mean_difference + i, taps);
    const Real variance_s = (filter_at<kRadius>(square_sum + i, taps) - m_s * m_s) * factor;
    const Real variance_d = (filter_at<kRadius>(square_difference + i, taps) - m_d * m_d) * factor;
    // s^2 - d^2 = 4 x y and s^2 + d^2 = 2 (x^2 + y^2); the common factor 2 is in c1 and c2.
    const Real contrast_below = variance_s + variance_d + c2;
    const Real contrast_above = contrast_below - 2 * variance_d;
    if constexpr (kLuminance) {
      const Real uncentered = m_s + twice_center;
      const Real mean_below = uncentered * uncentered + m_d * m_d + c1;
      const Real mean_above = mean_below - 2 * (m_d * m_d);
      total[i] +=
          static_cast<double>((mean_above * contrast_above) / (mean_below * contrast_below));
    } else {
      total[i] += static_cast<double>(contrast_above / contrast_below);
    }
  }
}

template <bool kLuminance, int kRadius, typename Real, typename Sample>
BENCH_INLINE_BODY double tile_total(const SsimPlanes<Sample>& planes, const SsimTerms& terms,
                                    const Tile& tile) {
  constexpr int kTaps = 2 * kRadius + 1;
  TileRows<Real, kRadius> rows;
  rows.column_total.fill(0.0);
  const auto taps = half_taps<Real, kRadius>(terms.window);
  const auto twice_center = static_cast<Real>(twice_center_of(planes, terms, tile));
  const int first_source_row = tile.first_row - padding_of(terms);
  for (int row = 0; row < tile.row_count + 2 * kRadius; ++row) {
    const int slot = row % kTaps;
    load_row<kRadius>(planes, terms, tile, first_source_row + row, twice_center,
                      rows.sum[static_cast<std::size_t>(slot)].data(),
                      rows.difference[static_cast<std::size_t>(slot)].data());
    if (row < 2 * kRadius) continue;
    filter_columns<kRadius>(rows, slot, tile.count + 2 * kRadius, taps);
    add_map_row<kLuminance, kRadius>(rows, tile.count, terms, twice_center, taps);
  }
  double total = 0.0;
  for (int i = 0; i < tile.count; ++i) total += rows.column_total[static_cast<std::size_t>(i)];
  return total;
}

#ifdef BENCH_METRICS_X86
template <bool kLuminance, int kRadius, typename Real, typename Sample>
BENCH_TARGET_AVX2 double tile_total_avx2(const SsimPlanes<Sample>& planes, const SsimTerms& terms,
                                         const Tile& tile) {
  return tile_total<kLuminance, kRadius, Real>(planes, terms, tile);
}
#endif

template <typename Sample>
using TileFunction = double (*)(const SsimPlanes<Sample>&, const SsimTerms&, const Tile&);

template <bool kLuminance, int kRadius, typename Real, typename Sample>
TileFunction<Sample> tile_function([[maybe_unused]] InstructionSet set) {
#ifdef BENCH_METRICS_X86
  if (set == InstructionSet::kAvx2) return tile_total_avx2<kLuminance, kRadius, Real, Sample>;
#endif
  return tile_total<kLuminance, kRadius, Real, Sample>;
}

}  // namespace

template <typename Real, typename Sample>
double mean_ssim_of_plane(const SsimPlanes<Sample>& planes, const SsimTerms& terms,
                          InstructionSet set) {
  const int radius = window_radius(terms.window);
  const auto function = radius == 3
                            ? tile_function<true, 3, Real, Sample>(set)
                            : (terms.with_luminance ? tile_function<true, 5, Real, Sample>(set)
                                                    : tile_function<false, 5, Real, Sample>(set));
  const int shrink = terms.padding == Padding::kValid ? 2 * radius : 0;
  const int map_height = planes.height - shrink;
  const int map_width = planes.width - shrink;
  double total = 0.0;
  for (int row = 0; row < map_height; row += kTileRows) {
    const int row_count = std::min(kTileRows, map_height - row);
    for (int first = 0; first < map_width; first += kTile) {
      total += function(planes, terms, {row, row_count, first, std::min(kTile, map_width - first)});
    }
  }
  return total / (static_cast<double>(map_height) * static_cast<double>(map_width));
}

template double mean_ssim_of_plane<float>(const SsimPlanes<std::uint8_t>&, const SsimTerms&,
                                          InstructionSet);
template double mean_ssim_of_plane<float>(const SsimPlanes<float>&, const SsimTerms&,
                                          InstructionSet);
template double mean_ssim_of_plane<double>(const SsimPlanes<std::uint8_t>&, const SsimTerms&,
                                           InstructionSet);
template double mean_ssim_of_plane<double>(const SsimPlanes<float>&, const SsimTerms&,
                                           InstructionSet);
template double mean_ssim_of_plane<double>(const SsimPlanes<double>&, const SsimTerms&,
                                           InstructionSet);

}  // namespace bench::metrics
