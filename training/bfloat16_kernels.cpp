#include "training/training_kernels.h"
#include "training/vector_targets.h"
#include "training/winograd_tiles.h"

#ifdef BENCH_HAS_X86_KERNELS
#include <immintrin.h>
#endif

namespace bench::training {

#ifdef BENCH_HAS_X86_KERNELS
namespace {

using tiles::kLanes;
using tiles::Lanes;

/// Rounds to nearest, ties to even.
BENCH_AVX512_BF16 BENCH_INLINE void store_rounded(const Lanes& value, Bfloat16* to) {
  const auto rounded = _mm512_cvtneps_pbh(value);
  __builtin_memcpy(to, &rounded, sizeof rounded);
}

/// (first[0], second[0], first[1], second[1], ...).
BENCH_AVX512_BF16 BENCH_INLINE void store_interleaved(const Lanes& first, const Lanes& second,
                                                      Bfloat16* to) {
  const __m512i order = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24,
                                         8, 23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  const auto both = _mm512_cvtne2ps_pbh(second, first);
  __m512i bits;
  __builtin_memcpy(&bits, &both, sizeof bits);
  _mm512_storeu_si512(to, _mm512_permutexvar_epi16(order, bits));
}

BENCH_AVX512_BF16 BENCH_INLINE void add_dots(const Lanes& pairs, const Bfloat16* lines,
                                             Lanes& sum) {
  __m512bh first, second;
  __builtin_memcpy(&first, &pairs, sizeof first);
  __builtin_memcpy(&second, lines, sizeof second);
  sum = _mm512_dpbf16_ps(sum, first, second);
}

/// Two neighbouring values, in every lane.
BENCH_AVX512_BF16 BENCH_INLINE void spread_pair(const Bfloat16* pair, Lanes& lanes) {
  float both;
  __builtin_memcpy(&both, pair, sizeof both);
  lanes = _mm512_set1_ps(both);
}

BENCH_AVX512_BF16 void bfloat16_input_rows(const TileRow<Bfloat16>& row, Bfloat16* to,
                                           PlaneStride plane) {
  const auto across = (row.width + 1) / 2;
  for (std::int64_t tile = 0; tile < across; ++tile) {
    for (std::int64_t c = 0; c < row.channels; c += kLanes) {
      Lanes planes[kWinogradPlanes];
      tiles::input_tile(row, tile, c, planes);
      Bfloat16* at = to + (row.first + tile) * row.channels + c;
      for (int i = 0; i < kWinogradPlanes; ++i) store_rounded(planes[i], at + i * plane);
    }
  }
}

/// `kSlope`: of slopes, else of inputs.
template <bool kSlope>
BENCH_AVX512_BF16 void bfloat16_panels(const TileRow<Bfloat16>& row, Bfloat16* to,
                                       PlaneStride plane) {
  const auto across = (row.width + 1) / 2;
  for (std::int64_t tile = 0; tile < across; tile += 2) {
    for (std::int64_t c = 0; c < row.channels; c += kLanes) {
      Lanes even[kWinogradPlanes], odd[kWinogradPlanes] = {};
      kSlope ? tiles::slope_tile(row, tile, c, even) : tiles::input_tile(row, tile, c, even);
      if (tile + 1 < across) {
        kSlope ? tiles::slope_tile(row, tile + 1, c, odd)
               : tiles::input_tile(row, tile + 1, c, odd);
      }
      Bfloat16* at = to + (c / kPanel * row.tiles + row.first + tile) * kPanel + 2 * (c % kPanel);
      for (int i = 0; i < kWinogradPlanes; ++i) {
        store_interleaved(even[i], odd[i], at + i * plane);
      }
    }
  }
}

BENCH_AVX512_BF16 void bfloat16_output(const ResultRow<Bfloat16>& row, const float* from,
                                       PlaneStride plane) {
  const auto across = (row.width + 1) / 2;
  for (std::int64_t tile = 0; tile < across; ++tile) {
    for (std::int64_t c = 0; c < row.channels; c += kLanes) {
      Lanes result[2][2];
      tiles::output_tile(from + (row.first + tile) * row.channels + c, plane, result);
      for (std::int64_t y = 0; y < 2 && 2 * row.row + y < row.height; ++y) {
        for (std::int64_t x = 0; x < 2 && 2 * tile + x < row.width; ++x) {
          const auto pixel = (2 * row.row + y) * row.width + 2 * tile + x;
          store_rounded(result[y][x], row.picture + pixel * row.channels + c);
        }
      }
    }
  }
}

BENCH_AVX512_BF16 void bfloat16_weights(const float* taps, std::int64_t in, std::int64_t out,
                                        Bfloat16* to) {
  for (std::int64_t k = 0; k < in; k += 2) {
    for (std::int64_t o = 0; o < out; o += kLanes) {
      Lanes even[kWinogradPlanes], odd[kWinogradPlanes];
      tiles::weight_tile(taps + k * out + o, in * out, even);
      tiles::weight_tile(taps + (k + 1) * out + o, in * out, odd);
      Bfloat16* at = to + (o / kPanel * in + k) * kPanel + 2 * (o % kPanel);
      for (int i = 0; i < kWinogradPlanes; ++i) {
        store_interleaved(even[i], odd[i], at + i * in * out);
      }
    }
  }
}

BENCH_AVX512_BF16 BENCH_INLINE void store_sums(const Lanes& sums, float* to) {
  store_vector(sums, to);
}

BENCH_AVX512_BF16 BENCH_INLINE void store_sums(const Lanes& sums, Bfloat16* to) {
  store_rounded(sums, to);
}

/// kRows tiles by one panel, all in registers.
template <int kRows, typename Result>
BENCH_AVX512_BF16 BENCH_INLINE void bfloat16_product(const Bfloat16* rows, const Bfloat16* weights,
                                                     std::int64_t in, std::int64_t out,
                                                     Result* to) {
  Lanes sums[kRows][2] = {};
  for (std::int64_t k = 0; k < in; k += 2, weights += 2 * kPanel) {
#pragma GCC unroll 16
    for (int i = 0; i < kRows; ++i) {
      Lanes pair;
      spread_pair(rows + i * in + k, pair);
      add_dots(pair, weights, sums[i][0]);
      add_dots(pair, weights + 2 * kLanes, sums[i][1]);
    }
  }
  for (int i = 0; i < kRows; ++i) {
    store_sums(sums[i][0], to + i * out);
    store_sums(sums[i][1], to + i * out + kLanes);
  }
}

template <typename Result>
BENCH_AVX512_BF16 void bfloat16_multiply(const Bfloat16* rows, const Bfloat16* weights,
                                         std::int64_t tiles, std::int64_t in, std::int64_t out,
                                         Result* to) {
  constexpr int kRows = 12;
  for (std::int64_t o = 0; o < out; o += kPanel, weights += in * kPanel) {
    std::int64_t tile = 0;
    for (; tile + kRows <= tiles; tile += kRows) {
      bfloat16_product<kRows>(rows + tile * in, weights, in, out, to + tile * out + o);
    }
    for (; tile + 4 <= tiles; tile += 4) {
      bfloat16_product<4>(rows + tile * in, weights, in, out, to + tile * out + o);
    }
    for (; tile < tiles; ++tile) {
      bfloat16_product<1>(rows + tile * in, weights, in, out, to + tile * out + o);
    }
  }
}

BENCH_AVX512_BF16 void bfloat16_pixel_panels(const Bfloat16* const* pixels, std::int64_t channels,
                                             std::int64_t tiles, Bfloat16* to) {
  for (std::int64_t tile = 0; tile < tiles; tile += 2) {
    for (std::int64_t c = 0; c < channels; c += kLanes) {
      Lanes even, odd;
      tiles::read(pixels[tile] + c, even);
      tiles::read(pixels[tile + 1] + c, odd);
      store_interleaved(even, odd, to + (c / kPanel * tiles + tile) * kPanel + 2 * (c % kPanel));
    }
  }
}

BENCH_AVX512_BF16 void bfloat16_add_products(const Bfloat16* slope, const Bfloat16* input,
                                             std::int64_t tiles, std::int64_t out, std::int64_t in,
                                             float* sums) {
  constexpr int kRows = 8;
  for (std::int64_t o = 0; o < out; o += kRows) {
    const Bfloat16* values = slope + o / kPanel * tiles * kPanel + 2 * (o % kPanel);
    for (std::int64_t c = 0; c < in; c += kPanel) {
      const Bfloat16* lines = input + c * tiles;
      float* to = sums + o * in + c;
      Lanes block[kRows][2];
      for (int i = 0; i < kRows; ++i) {
        load(to + i * in, block[i][0]);
        load(to + i * in + kLanes, block[i][1]);
      }
      for (std::int64_t tile = 0; tile < tiles; tile += 2) {
#pragma GCC unroll 8
        for (int i = 0; i < kRows; ++i) {
          Lanes pair;
          spread_pair(values + tile * kPanel + 2 * i, pair);
          add_dots(pair, lines + tile * kPanel, block[i][0]);
          add_dots(pair, lines + tile * kPanel + 2 * kLanes, block[i][1]);
        }
      }
      for (int i = 0; i < kRows; ++i) {
        store_vector(block[i][0], to + i * in);
        store_vector(block[i][1], to + i * in + kLanes);
      }
    }
  }
}

BENCH_AVX512_BF16 void bfloat16_weight_gradient(const float* sums, std::int64_t out,
                                                std::int64_t in, float* to) {
  tiles::all_weight_gradients(sums, out, in, to);
}

}  // namespace

template <>
const TrainingKernels<Bfloat16>* training_kernels() {
  static const TrainingKernels<Bfloat16> kernels = {bfloat16_input_rows,
                                                    bfloat16_panels<false>,
                                                    bfloat16_panels<true>,
                                                    bfloat16_output,
                                                    bfloat16_weights,
                                                    bfloat16_multiply<float>,
                                                    bfloat16_multiply<Bfloat16>,
                                                    bfloat16_pixel_panels,
                                                    bfloat16_add_products,
                                                    bfloat16_weight_gradient};
  return has_avx512_bf16() ? &kernels : nullptr;
}
#else
template <>
const TrainingKernels<Bfloat16>* training_kernels() {
  return nullptr;
}
#endif

}  // namespace bench::training
