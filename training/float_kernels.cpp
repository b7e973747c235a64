#include "training/training_kernels.h"
#include "training/vector_targets.h"
#include "training/winograd_tiles.h"

namespace bench::training {

#ifdef BENCH_HAS_X86_KERNELS
namespace {

using tiles::kLanes;
using tiles::Lanes;

BENCH_AVX512 void float_input_rows(const TileRow<float>& row, float* to, PlaneStride plane) {
  const auto across = (row.width + 1) / 2;
  for (std::int64_t tile = 0; tile < across; ++tile) {
    for (std::int64_t c = 0; c < row.channels; c += kLanes) {
      Lanes planes[kWinogradPlanes];
      tiles::input_tile(row, tile, c, planes);
      float* at = to + (row.first + tile) * row.channels + c;
      for (int i = 0; i < kWinogradPlanes; ++i) store_vector(planes[i], at + i * plane);
    }
  }
}

/// `kSlope`: of slopes, else of inputs.
template <bool kSlope>
BENCH_AVX512 void float_panels(const TileRow<float>& row, float* to, PlaneStride plane) {
  const auto across = (row.width + 1) / 2, even = (across + 1) / 2 * 2;
  for (std::int64_t tile = 0; tile < even; ++tile) {
    for (std::int64_t c = 0; c < row.channels; c += kLanes) {
      Lanes planes[kWinogradPlanes] = {};
      if (tile < across) {
        kSlope ? tiles::slope_tile(row, tile, c, planes) : tiles::input_tile(row, tile, c, planes);
      }
      float* at = to + (c / kPanel * row.tiles + row.first + tile) * kPanel + c % kPanel;
      for (int i = 0; i < kWinogradPlanes; ++i) store_vector(planes[i], at + i * plane);
    }
  }
}

BENCH_AVX512 void float_output(const ResultRow<float>& row, const float* from, PlaneStride plane) {
  const auto across = (row.width + 1) / 2;
  for (std::int64_t tile = 0; tile < across; ++tile) {
    for (std::int64_t c = 0; c < row.channels; c += kLanes) {
      Lanes result[2][2];
      tiles::output_tile(from + (row.first + tile) * row.channels + c, plane, result);
      for (std::int64_t y = 0; y < 2 && 2 * row.row + y < row.height; ++y) {
        for (std::int64_t x = 0; x < 2 && 2 * tile + x < row.width; ++x) {
          const auto pixel = (2 * row.row + y) * row.width + 2 * tile + x;
          store_vector(result[y][x], row.picture + pixel * row.channels + c);
        }
      }
    }
  }
}

BENCH_AVX512 void float_weights(const float* taps, std::int64_t in, std::int64_t out, float* to) {
  for (std::int64_t k = 0; k < in; ++k) {
    for (std::int64_t o = 0; o < out; o += kLanes) {
      Lanes planes[kWinogradPlanes];
      tiles::weight_tile(taps + k * out + o, in * out, planes);
      float* at = to + (o / kPanel * in + k) * kPanel + o % kPanel;
      for (int i = 0; i < kWinogradPlanes; ++i) store_vector(planes[i], at + i * in * out);
    }
  }
}

/// kRows tiles by one panel, all in registers.
template <int kRows>
BENCH_INLINE void float_product(const float* rows, const float* weights, std::int64_t in,
                                std::int64_t out, float* to) {
  Lanes sums[kRows][2] = {};
  for (std::int64_t k = 0; k < in; ++k, weights += kPanel) {
    Lanes line[2];
    load(weights, line[0]);
    load(weights + kLanes, line[1]);
#pragma GCC unroll 16
    for (int i = 0; i < kRows; ++i) {
      const float value = rows[i * in + k];
      sums[i][0] += value * line[0];
      sums[i][1] += value * line[1];
    }
  }
  for (int i = 0; i < kRows; ++i) {
    store_vector(sums[i][0], to + i * out);
    store_vector(sums[i][1], to + i * out + kLanes);
  }
}

BENCH_AVX512 void float_multiply(const float* rows, const float* weights, std::int64_t tiles,
                                 std::int64_t in, std::int64_t out, float* to) {
  constexpr int kRows = 12;
  for (std::int64_t o = 0; o < out; o += kPanel, weights += in * kPanel) {
    std::int64_t tile = 0;
    for (; tile + kRows <= tiles; tile += kRows) {
      float_product<kRows>(rows + tile * in, weights, in, out, to + tile * out + o);
    }
    for (; tile + 4 <= tiles; tile += 4) {
      float_product<4>(rows + tile * in, weights, in, out, to + tile * out + o);
    }
    for (; tile < tiles; ++tile) {
      float_product<1>(rows + tile * in, weights, in, out, to + tile * out + o);
    }
  }
}

BENCH_AVX512 void float_pixel_panels(const float* const* pixels, std::int64_t channels,
                                     std::int64_t tiles, float* to) {
  for (std::int64_t tile = 0; tile < tiles; ++tile) {
    for (std::int64_t c = 0; c < channels; c += kLanes) {
      Lanes values;
      load(pixels[tile] + c, values);
      store_vector(values, to + (c / kPanel * tiles + tile) * kPanel + c % kPanel);
    }
  }
}

BENCH_AVX512 void float_add_products(const float* slope, const float* input, std::int64_t tiles,
                                     std::int64_t out, std::int64_t in, float* sums) {
  constexpr int kRows = 8;
  for (std::int64_t o = 0; o < out; o += kRows) {
    const float* values = slope + o / kPanel * tiles * kPanel + o % kPanel;
    for (std::int64_t c = 0; c < in; c += kPanel) {
      const float* lines = input + c * tiles;
      float* to = sums + o * in + c;
      Lanes block[kRows][2];
      for (int i = 0; i < kRows; ++i) {
        load(to + i * in, block[i][0]);
        load(to + i * in + kLanes, block[i][1]);
      }
      for (std::int64_t tile = 0; tile < tiles; ++tile) {
        Lanes line[2];
        load(lines + tile * kPanel, line[0]);
        load(lines + tile * kPanel + kLanes, line[1]);
#pragma GCC unroll 8
        for (int i = 0; i < kRows; ++i) {
          const float value = values[tile * kPanel + i];
          block[i][0] += value * line[0];
          block[i][1] += value * line[1];
        }
      }
      for (int i = 0; i < kRows; ++i) {
        store_vector(block[i][0], to + i * in);
        store_vector(block[i][1], to + i * in + kLanes);
      }
    }
  }
}

BENCH_AVX512 void float_weight_gradient(const float* sums, std::int64_t out, std::int64_t in,
                                        float* to) {
  tiles::all_weight_gradients(sums, out, in, to);
}

}  // namespace

template <>
const TrainingKernels<float>* training_kernels() {
  static const TrainingKernels<float> kernels = {
      float_input_rows,   float_panels<false>,  float_panels<true>, float_output,
      float_weights,      float_multiply,       float_multiply,     float_pixel_panels,
      float_add_products, float_weight_gradient};
  return has_avx512() ? &kernels : nullptr;
}
#else
template <>
const TrainingKernels<float>* training_kernels() {
  return nullptr;
}
#endif

}  // namespace bench::training
