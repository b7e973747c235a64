#include "training/kernels/kernel_variant.h"
#include "training/kernels/training_kernels.h"
#include "training/kernels/vector_targets.h"
#include "training/kernels/winograd_tiles.h"

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
          store_vector(result[y][x], row.image + pixel * row.channels + c);
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

/// kRows rows by kVectors registers of channels, all in registers.
template <int kRows, int kWide, int kVectors>
BENCH_INLINE void float_product(const MatrixRows<float>& rows, const float* first,
                                const float* weights, float* to, std::int64_t to_row) {
  using Type = typename Vector<kWide>::Type;
  Type sums[kRows][kVectors] = {};
  for (std::int64_t segment = 0; segment < rows.segments; ++segment, first += rows.segment) {
    for (std::int64_t k = 0; k < rows.values; ++k, weights += kVectors * kWide) {
      Type line[kVectors];
      for (int v = 0; v < kVectors; ++v) load(weights + v * kWide, line[v]);
#pragma GCC unroll 16
      for (int i = 0; i < kRows; ++i) {
        const float value = first[i * rows.row + k];
        for (int v = 0; v < kVectors; ++v) sums[i][v] += value * line[v];
      }
    }
  }
  for (int i = 0; i < kRows; ++i) {
    for (int v = 0; v < kVectors; ++v) store_vector(sums[i][v], to + i * to_row + v * kWide);
  }
}

/// All rows by one panel.
template <int kWide, int kVectors>
BENCH_AVX512 void float_panel(const MatrixRows<float>& rows, const float* weights,
                              std::int64_t count, float* to, std::int64_t to_row) {
  std::int64_t i = 0;
  for (; i + 12 <= count; i += 12) {
    float_product<12, kWide, kVectors>(rows, rows.first + i * rows.row, weights, to + i * to_row,
                                       to_row);
  }
  for (; i + 8 <= count; i += 8) {
    float_product<8, kWide, kVectors>(rows, rows.first + i * rows.row, weights, to + i * to_row,
                                      to_row);
  }
  for (; i + 4 <= count; i += 4) {
    float_product<4, kWide, kVectors>(rows, rows.first + i * rows.row, weights, to + i * to_row,
                                      to_row);
  }
  for (; i < count; i += 1) {
    float_product<1, kWide, kVectors>(rows, rows.first + i * rows.row, weights, to + i * to_row,
                                      to_row);
  }
}

void float_multiply(const MatrixRows<float>& rows, const float* weights, std::int64_t count,
                    const MatrixResults<float>& to) {
  const auto values = rows.segments * rows.values;
  std::int64_t o = 0;
  for (; o + 32 <= to.out; o += 32) {
    float_panel<16, 2>(rows, weights + o * values, count, to.first + o, to.row);
  }
  for (; o + 16 <= to.out; o += 16) {
    float_panel<16, 1>(rows, weights + o * values, count, to.first + o, to.row);
  }
  for (; o < to.out; o += 8) {
    float_panel<8, 1>(rows, weights + o * values, count, to.first + o, to.row);
  }
}

constexpr int kOutsAtOnce = 8;

/// 8 slopes by one panel of lines, over all steps.
BENCH_AVX512 void float_outer_block(const OuterProducts<float>& job, const float* slopes,
                                    const float* lines, float* sums) {
  Lanes block[kOutsAtOnce][2] = {};  // added at the end: sums of sums round less
  for (std::int64_t row = 0; row < job.rows; ++row) {
    const float* values = slopes + row * job.slope_row;
    const float* line = lines + row * job.line_row;
    for (std::int64_t step = 0; step < job.steps; ++step) {
      Lanes here[2];
      load(line, here[0]);
      load(line + kLanes, here[1]);
#pragma GCC unroll 8
      for (int i = 0; i < kOutsAtOnce; ++i) {
        block[i][0] += values[i] * here[0];
        block[i][1] += values[i] * here[1];
      }
      values += job.slope_step;
      line += job.line_step;
    }
  }
  for (int i = 0; i < kOutsAtOnce; ++i) {
    for (int v = 0; v < 2; ++v) {
      float* to = sums + i * job.sum_row + v * kLanes;
      Lanes before;
      load(to, before);
      store_vector<Lanes>(before + block[i][v], to);
    }
  }
}

void float_add_products(const OuterProducts<float>& job) {
  for (std::int64_t o = 0; o < job.out; o += kOutsAtOnce) {
    const float* slopes = job.slopes + o / kPanel * job.slope_panel + o % kPanel;
    for (std::int64_t panel = 0; panel < job.panels; ++panel) {
      float_outer_block(job, slopes, job.lines + panel * job.line_panel,
                        job.sums + o * job.sum_row + panel * kPanel);
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
      float_input_rows, float_panels<false>, float_panels<true>,
      float_output,     float_weights,       float_weight_gradient,
      float_multiply,   float_multiply,      float_add_products};
  return kernel_variant() == KernelVariant::kAvx512 ? &kernels : nullptr;
}
#else
template <>
const TrainingKernels<float>* training_kernels() {
  return nullptr;
}
#endif

}  // namespace bench::training
