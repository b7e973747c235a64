#include "baselines/classical/patch_spectra.h"

#include <array>
#include <cmath>
#include <numbers>

#include "baselines/classical/lanes.h"

namespace bench::classical {
namespace {

// Sixteen neighboring patches are transformed at once: lane l of block[j * K + i] is pixel (j, i)
// of the l-th patch.

/// DCT-II basis: entry [u][i] for i in the first half; the other half mirrors it with sign (-1)^u.
template <int K>
std::array<float, K * K / 2> dct_basis() {
  std::array<float, K * K / 2> basis{};
  for (int u = 0; u < K; ++u) {
    const double scale = std::sqrt((u == 0 ? 1.0 : 2.0) / K);
    for (int i = 0; i < K / 2; ++i) {
      basis[static_cast<std::size_t>(u * K / 2 + i)] =
          static_cast<float>(scale * std::cos(std::numbers::pi * (2 * i + 1) * u / (2.0 * K)));
    }
  }
  return basis;
}

template <int K>
[[gnu::always_inline]] inline void dct_forward(Lanes* first, int step, const float* basis) {
  Lanes even[K / 2];
  Lanes odd[K / 2];
  for (int i = 0; i < K / 2; ++i) {
    even[i] = first[i * step] + first[(K - 1 - i) * step];
    odd[i] = first[i * step] - first[(K - 1 - i) * step];
  }
  for (int u = 0; u < K; ++u) {
    const Lanes* half = u % 2 == 0 ? even : odd;
    Lanes sum = basis[u * K / 2] * half[0];
    for (int i = 1; i < K / 2; ++i) sum += basis[u * K / 2 + i] * half[i];
    first[u * step] = sum;
  }
}

template <int K>
[[gnu::always_inline]] inline void dct_inverse(Lanes* first, int step, const float* basis) {
  Lanes spectrum[K];
  for (int u = 0; u < K; ++u) spectrum[u] = first[u * step];
  for (int i = 0; i < K / 2; ++i) {
    Lanes even = basis[i] * spectrum[0];
    Lanes odd = basis[K / 2 + i] * spectrum[1];
    for (int u = 2; u < K; u += 2) {
      even += basis[u * K / 2 + i] * spectrum[u];
      odd += basis[(u + 1) * K / 2 + i] * spectrum[u + 1];
    }
    first[i * step] = even + odd;
    first[(K - 1 - i) * step] = even - odd;
  }
}

constexpr float kHaar = 0.70710678f;
/// Bior 1.5 is the Haar pair followed by s_i += a (d_{i+1} - d_{i-1}) + b (d_{i+2} - d_{i-2}): its
/// low-pass filter is sqrt(2)/256 (3, -3, -22, 22, 128, 128, 22, -22, -3, 3).
constexpr float kNearLift = 22.0f / 128.0f;
constexpr float kFarLift = -3.0f / 128.0f;

/// Adds (sign 1) or takes off (-1) the lifting term of low[i]. Details beyond the patch are zero:
/// with periodic ones the terms of four pairs and fewer cancel, which leaves Haar's blocks and
/// costs the basic estimate 0.03 to 0.08 dB.
template <int Pairs>
[[gnu::always_inline]] inline void lift(const Lanes* high, int i, float sign, Lanes& low) {
  if (i + 1 < Pairs) low += sign * kNearLift * high[i + 1];
  if (i >= 1) low -= sign * kNearLift * high[i - 1];
  if (i + 2 < Pairs) low += sign * kFarLift * high[i + 2];
  if (i >= 2) low -= sign * kFarLift * high[i - 2];
}

template <int N>
[[gnu::always_inline]] inline void wavelet_forward(Lanes* first, int step) {
  Lanes low[N / 2];
  Lanes high[N / 2];
  for (int i = 0; i < N / 2; ++i) {
    low[i] = kHaar * (first[2 * i * step] + first[(2 * i + 1) * step]);
    high[i] = kHaar * (first[2 * i * step] - first[(2 * i + 1) * step]);
  }
  for (int i = 0; i < N / 2; ++i) {
    lift<N / 2>(high, i, 1.0f, low[i]);
    first[(N / 2 + i) * step] = high[i];
    first[i * step] = low[i];
  }
}

template <int N>
[[gnu::always_inline]] inline void wavelet_inverse(Lanes* first, int step) {
  Lanes low[N / 2];
  Lanes high[N / 2];
  for (int i = 0; i < N / 2; ++i) {
    low[i] = first[i * step];
    high[i] = first[(N / 2 + i) * step];
  }
  for (int i = 0; i < N / 2; ++i) {
    lift<N / 2>(high, i, -1.0f, low[i]);
    first[2 * i * step] = kHaar * (low[i] + high[i]);
    first[(2 * i + 1) * step] = kHaar * (low[i] - high[i]);
  }
}

/// Rows and columns of the N x N corner, then of the corner of low frequencies.
template <int N>
[[gnu::always_inline]] inline void wavelet_2d_forward(Lanes* block) {
  for (int j = 0; j < N; ++j) wavelet_forward<N>(block + 8 * j, 1);
  for (int i = 0; i < N; ++i) wavelet_forward<N>(block + i, 8);
  if constexpr (N > 2) wavelet_2d_forward<N / 2>(block);
}

template <int N>
[[gnu::always_inline]] inline void wavelet_2d_inverse(Lanes* block) {
  if constexpr (N > 2) wavelet_2d_inverse<N / 2>(block);
  for (int i = 0; i < N; ++i) wavelet_inverse<N>(block + i, 8);
  for (int j = 0; j < N; ++j) wavelet_inverse<N>(block + 8 * j, 1);
}

template <int K, PatchTransform T>
[[gnu::always_inline]] inline void forward(Lanes* block, const float* basis) {
  if constexpr (T == PatchTransform::kBior15) {
    wavelet_2d_forward<K>(block);
  } else {
    for (int j = 0; j < K; ++j) dct_forward<K>(block + K * j, 1, basis);
    for (int i = 0; i < K; ++i) dct_forward<K>(block + i, K, basis);
  }
}

template <int K, PatchTransform T>
[[gnu::always_inline]] inline void inverse(Lanes* block, const float* basis) {
  if constexpr (T == PatchTransform::kBior15) {
    wavelet_2d_inverse<K>(block);
  } else {
    for (int i = 0; i < K; ++i) dct_inverse<K>(block + i, K, basis);
    for (int j = 0; j < K; ++j) dct_inverse<K>(block + K * j, 1, basis);
  }
}

typedef float Quad __attribute__((vector_size(16), aligned(4), may_alias));

/// columns x 16 values to 16 x columns, four by four. \pre columns is a multiple of 4.
[[gnu::always_inline]] inline void transpose_quads(const float* from, int from_stride, float* to,
                                                   int to_stride) {
  const Quad a = *reinterpret_cast<const Quad*>(from);
  const Quad b = *reinterpret_cast<const Quad*>(from + from_stride);
  const Quad c = *reinterpret_cast<const Quad*>(from + 2 * from_stride);
  const Quad d = *reinterpret_cast<const Quad*>(from + 3 * from_stride);
  const Quad ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const Quad ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Quad cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Quad cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  *reinterpret_cast<Quad*>(to) = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  *reinterpret_cast<Quad*>(to + to_stride) = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  *reinterpret_cast<Quad*>(to + 2 * to_stride) =
      __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  *reinterpret_cast<Quad*>(to + 3 * to_stride) =
      __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

template <int Rows, int Columns>
[[gnu::always_inline]] inline void transpose(const float* from, float* to) {
  for (int row = 0; row < Rows; row += 4) {
    for (int column = 0; column < Columns; column += 4) {
      transpose_quads(from + row * Columns + column, Columns, to + column * Rows + row, Rows);
    }
  }
}

template <int K, PatchTransform T>
[[gnu::always_inline]] inline void transform_all(const float* corner, int stride,
                                                 const PatchRectangle& rectangle,
                                                 const float* basis, float* spectra) {
  Lanes block[K * K];
  for (int y = 0; y < rectangle.rows; ++y) {
    for (int x = 0; x < rectangle.columns; x += kLanes) {
      const float* pixels = corner + static_cast<long>(y) * stride + x;
      for (int j = 0; j < K; ++j) {
        for (int i = 0; i < K; ++i) block[j * K + i] = lanes_at(pixels + j * stride + i);
      }
      forward<K, T>(block, basis);
      transpose<K * K, kLanes>(reinterpret_cast<const float*>(block), spectra);
      spectra += kLanes * K * K;
    }
  }
}

/// Pixels of one row of patches, plane (j, i) holding pixel (j, i) of each patch, to the sum.
template <int K>
[[gnu::always_inline]] inline void add_row(const float* planes, int columns, const float* window,
                                           float* sum, int sum_stride) {
  for (int j = 0; j < K; ++j) {
    float* row = sum + static_cast<long>(j) * sum_stride;
    // Plane i starts K zeros into its slot and ends with zeros, so that it may be shifted by i.
    for (int x = 0; x < columns + K; x += kLanes) {
      Lanes total = lanes_at(row + x);
      for (int i = 0; i < K; ++i) {
        total += window[j * K + i] *
                 lanes_at(planes + (j * K + i) * (columns + 2 * kLanes) + kLanes + x - i);
      }
      lanes_at(row + x) = total;
    }
  }
}

template <int K, PatchTransform T>
[[gnu::always_inline]] inline void add_inverse_all(const float* spectra,
                                                   const PatchRectangle& rectangle,
                                                   const float* basis, const float* window,
                                                   float* planes, float* sum, int sum_stride) {
  Lanes block[K * K];
  const int slot = rectangle.columns + 2 * kLanes;
  for (int y = 0; y < rectangle.rows; ++y) {
    for (int x = 0; x < rectangle.columns; x += kLanes) {
      transpose<kLanes, K * K>(spectra, reinterpret_cast<float*>(block));
      spectra += kLanes * K * K;
      inverse<K, T>(block, basis);
      for (int p = 0; p < K * K; ++p) lanes_at(planes + p * slot + kLanes + x) = block[p];
    }
    add_row<K>(planes, rectangle.columns, window, sum + static_cast<long>(y) * sum_stride,
               sum_stride);
  }
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void transform_dispatched(
    const float* corner, int stride, const PatchRectangle& rectangle, PatchTransform transform,
    const float* basis, float* spectra) {
  if (transform == PatchTransform::kBior15) {
    transform_all<8, PatchTransform::kBior15>(corner, stride, rectangle, basis, spectra);
  } else if (rectangle.patch_size == 8) {
    transform_all<8, PatchTransform::kDct>(corner, stride, rectangle, basis, spectra);
  } else {
    transform_all<12, PatchTransform::kDct>(corner, stride, rectangle, basis, spectra);
  }
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void add_inverse_dispatched(
    const float* spectra, const PatchRectangle& rectangle, PatchTransform transform,
    const float* basis, const float* window, float* planes, float* sum, int sum_stride) {
  if (transform == PatchTransform::kBior15) {
    add_inverse_all<8, PatchTransform::kBior15>(spectra, rectangle, basis, window, planes, sum,
                                                sum_stride);
  } else if (rectangle.patch_size == 8) {
    add_inverse_all<8, PatchTransform::kDct>(spectra, rectangle, basis, window, planes, sum,
                                             sum_stride);
  } else {
    add_inverse_all<12, PatchTransform::kDct>(spectra, rectangle, basis, window, planes, sum,
                                              sum_stride);
  }
}

const float* basis_for(int patch_size) {
  static const auto eight = dct_basis<8>();
  static const auto twelve = dct_basis<12>();
  return patch_size == 8 ? eight.data() : twelve.data();
}

}  // namespace

void transform_patches(const float* corner, int stride, const PatchRectangle& rectangle,
                       PatchTransform transform, float* spectra) {
  transform_dispatched(corner, stride, rectangle, transform, basis_for(rectangle.patch_size),
                       spectra);
}

void add_inverse_patches(const float* spectra, const PatchRectangle& rectangle,
                         PatchTransform transform, const float* window, float* sum,
                         int sum_stride) {
  const auto slots = static_cast<std::size_t>(rectangle.coefficients());
  std::vector<float> planes(slots * static_cast<std::size_t>(rectangle.columns + 2 * kLanes));
  add_inverse_dispatched(spectra, rectangle, transform, basis_for(rectangle.patch_size), window,
                         planes.data(), sum, sum_stride);
}

}  // namespace bench::classical
