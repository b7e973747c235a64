#include "training/kernels/kernel_variant.h"
#include "training/kernels/training_kernels.h"
#include "training/kernels/vector_targets.h"
#include "training/kernels/winograd_tiles.h"

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

using HalfLanes = Vector<8>::Type;

BENCH_AVX512_BF16 BENCH_INLINE void store_rounded(const HalfLanes& value, Bfloat16* to) {
  const auto rounded = _mm256_cvtneps_pbh(value);
  __builtin_memcpy(to, &rounded, sizeof rounded);
}

BENCH_AVX512_BF16 BENCH_INLINE void add_dots(const HalfLanes& pairs, const Bfloat16* lines,
                                             HalfLanes& sum) {
  __m256bh first, second;
  __builtin_memcpy(&first, &pairs, sizeof first);
  __builtin_memcpy(&second, lines, sizeof second);
  sum = _mm256_dpbf16_ps(sum, first, second);
}

BENCH_AVX512_BF16 BENCH_INLINE void spread_pair(const Bfloat16* pair, HalfLanes& lanes) {
  float both;
  __builtin_memcpy(&both, pair, sizeof both);
  lanes = _mm256_set1_ps(both);
}

BENCH_AVX512_BF16 BENCH_INLINE void add_dots(const Lanes& pairs, const Bfloat16* lines,
                                             Lanes& sum) {
  __m512bh first, second;
  __builtin_memcpy(&first, &pairs, sizeof first);
  __builtin_memcpy(&second, lines, sizeof second);
  sum = _mm512_dpbf16_ps(sum, first, second);
}

/// Two neighboring values, in every lane.
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
          store_rounded(result[y][x], row.image + pixel * row.channels + c);
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

template <typename Type>
BENCH_AVX512_BF16 BENCH_INLINE void store_sums(const Type& sums, float* to) {
  store_vector(sums, to);
}

template <typename Type>
BENCH_AVX512_BF16 BENCH_INLINE void store_sums(const Type& sums, Bfloat16* to) {
  store_rounded(sums, to);
}

/// kRows rows by kVectors registers of channels, all in registers.
template <int kRows, int kWide, int kVectors, typename Result>
BENCH_AVX512_BF16 BENCH_INLINE void bfloat16_product(const MatrixRows<Bfloat16>& rows,
                                                     const Bfloat16* first, const Bfloat16* weights,
                                                     Result* to, std::int64_t to_row) {
  using Type = typename Vector<kWide>::Type;
  Type sums[kRows][kVectors] = {};
  for (std::int64_t segment = 0; segment < rows.segments; ++segment, first += rows.segment) {
    for (std::int64_t k = 0; k < rows.values; k += 2, weights += 2 * kVectors * kWide) {
#pragma GCC unroll 16
      for (int i = 0; i < kRows; ++i) {
        Type pair;
        spread_pair(first + i * rows.row + k, pair);
        for (int v = 0; v < kVectors; ++v) add_dots(pair, weights + 2 * v * kWide, sums[i][v]);
      }
    }
  }
  for (int i = 0; i < kRows; ++i) {
    for (int v = 0; v < kVectors; ++v) store_sums(sums[i][v], to + i * to_row + v * kWide);
  }
}

/// All rows by one panel.
template <int kWide, int kVectors, typename Result>
BENCH_AVX512_BF16 void bfloat16_panel(const MatrixRows<Bfloat16>& rows, const Bfloat16* weights,
                                      std::int64_t count, Result* to, std::int64_t to_row) {
  std::int64_t i = 0;
  for (; i + 12 <= count; i += 12) {
    bfloat16_product<12, kWide, kVectors>(rows, rows.first + i * rows.row, weights, to + i * to_row,
                                          to_row);
  }
  for (; i + 8 <= count; i += 8) {
    bfloat16_product<8, kWide, kVectors>(rows, rows.first + i * rows.row, weights, to + i * to_row,
                                         to_row);
  }
  for (; i + 4 <= count; i += 4) {
    bfloat16_product<4, kWide, kVectors>(rows, rows.first + i * rows.row, weights, to + i * to_row,
                                         to_row);
  }
  for (; i < count; i += 1) {
    bfloat16_product<1, kWide, kVectors>(rows, rows.first + i * rows.row, weights, to + i * to_row,
                                         to_row);
  }
}

template <typename Result>
void bfloat16_multiply(const MatrixRows<Bfloat16>& rows, const Bfloat16* weights,
                       std::int64_t count, const MatrixResults<Result>& to) {
  const auto values = rows.segments * rows.values;
  std::int64_t o = 0;
  for (; o + 32 <= to.out; o += 32) {
    bfloat16_panel<16, 2>(rows, weights + o * values, count, to.first + o, to.row);
  }
  for (; o + 16 <= to.out; o += 16) {
    bfloat16_panel<16, 1>(rows, weights + o * values, count, to.first + o, to.row);
  }
  for (; o < to.out; o += 8) {
    bfloat16_panel<8, 1>(rows, weights + o * values, count, to.first + o, to.row);
  }
}

constexpr int kOutsOfBlock = 8;

/// 8 slopes by one panel of lines, over all steps.
BENCH_AVX512_BF16 void bfloat16_outer_block(const OuterProducts<Bfloat16>& job,
                                            const Bfloat16* slopes, const Bfloat16* lines,
                                            float* sums) {
  Lanes block[kOutsOfBlock][2] = {};  // added at the end: sums of sums round less
  for (std::int64_t row = 0; row < job.rows; ++row) {
    const Bfloat16* values = slopes + row * job.slope_row;
    const Bfloat16* line = lines + row * job.line_row;
    for (std::int64_t step = 0; step < job.steps; ++step) {
#pragma GCC unroll 8
      for (int i = 0; i < kOutsOfBlock; ++i) {
        Lanes pair;
        spread_pair(values + 2 * i, pair);
        add_dots(pair, line, block[i][0]);
        add_dots(pair, line + 2 * kLanes, block[i][1]);
      }
      values += job.slope_step;
      line += job.line_step;
    }
  }
  for (int i = 0; i < kOutsOfBlock; ++i) {
    for (int v = 0; v < 2; ++v) {
      float* to = sums + i * job.sum_row + v * kLanes;
      Lanes before;
      load(to, before);
      store_vector<Lanes>(before + block[i][v], to);
    }
  }
}

void bfloat16_add_products(const OuterProducts<Bfloat16>& job) {
  for (std::int64_t o = 0; o < job.out; o += kOutsOfBlock) {
    const Bfloat16* slopes = job.slopes + o / kPanel * job.slope_panel + 2 * (o % kPanel);
    for (std::int64_t panel = 0; panel < job.panels; ++panel) {
      bfloat16_outer_block(job, slopes, job.lines + panel * job.line_panel,
                           job.sums + o * job.sum_row + panel * kPanel);
    }
  }
}

BENCH_AVX512_BF16 void bfloat16_weight_gradient(const float* sums, std::int64_t out,
                                                std::int64_t in, float* to) {
  tiles::all_weight_gradients(sums, out, in, to);
}

}  // namespace

void interleave(const Bfloat16* first, const Bfloat16* second, std::int64_t values, Bfloat16* to) {
  for (std::int64_t i = 0; i < values; i += 8) {
    __m128i a, b;
    __builtin_memcpy(&a, first + i, sizeof a);
    __builtin_memcpy(&b, second + i, sizeof b);
    const __m128i low = _mm_unpacklo_epi16(a, b), high = _mm_unpackhi_epi16(a, b);
    __builtin_memcpy(to + 2 * i, &low, sizeof low);
    __builtin_memcpy(to + 2 * i + 8, &high, sizeof high);
  }
}

template <>
const TrainingKernels<Bfloat16>* training_kernels() {
  static const TrainingKernels<Bfloat16> kernels = {
      bfloat16_input_rows,      bfloat16_panels<false>,
      bfloat16_panels<true>,    bfloat16_output,
      bfloat16_weights,         bfloat16_weight_gradient,
      bfloat16_multiply<float>, bfloat16_multiply<Bfloat16>,
      bfloat16_add_products};
  return has_bfloat16_kernels() ? &kernels : nullptr;
}
#else
void interleave(const Bfloat16* first, const Bfloat16* second, std::int64_t values, Bfloat16* to) {
  for (std::int64_t i = 0; i < values; ++i) {
    to[2 * i] = first[i];
    to[2 * i + 1] = second[i];
  }
}

template <>
const TrainingKernels<Bfloat16>* training_kernels() {
  return nullptr;
}
#endif

}  // namespace bench::training
