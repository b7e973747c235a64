#include "training/kernels/convolution_kernels.h"

#include <utility>

#include "training/kernels/kernel_variant.h"
#include "training/kernels/vector_targets.h"

namespace bench::training {

void BlockKernels::run(ConvolutionBlock block, std::int64_t count) const {
  constexpr std::int64_t kFew = 4;
  const auto advance = [&](std::int64_t by) {
    block.in += by * block.pixel_stride;
    block.out += by * block.out_stride;
    if (block.residual) block.residual += by * block.out_stride;
    count -= by;
  };
  for (const auto& [kernel, step] : {std::pair{many, pixels}, std::pair{few, kFew}}) {
    const bool ever = count >= step;
    for (; count >= step; advance(step)) kernel(block);
    if (!ever || count == 0) continue;
    advance(count - step);  // back, so that the last of them is the last of all
    kernel(block);
    return;
  }
  for (; count > 0; advance(1)) one(block);
}

#ifdef BENCH_HAS_X86_KERNELS
namespace {

/// Adds, rectifies and stores one value of each channel in the register.
template <typename Type>
BENCH_INLINE void finish(const Type& value, const float* residual, bool relu, float* out) {
  Type sum = value;
  if (residual) {
    Type more;
    load(residual, more);
    sum += more;
  }
  if (relu) sum = sum < 0.0F ? Type{} : sum;  // NaN passes: it is not below 0
  store_vector(sum, out);
}

/// `Vectors` x `Lanes` output channels of `Pixels` pixels, all in registers.
template <int Lanes, int Vectors, int Pixels>
BENCH_INLINE void compute_block(const ConvolutionBlock& block) {
  using Type = typename Vector<Lanes>::Type;
  Type sums[Pixels][Vectors];
  for (int v = 0; v < Vectors; ++v) {
    Type start = {};
    if (block.bias) load(block.bias + v * Lanes, start);
    for (int p = 0; p < Pixels; ++p) sums[p][v] = start;
  }
  const float* weights = block.weights;
  for (std::int64_t tap = 0; tap < block.taps; ++tap) {
    const float* in = block.in + block.tap_offsets[tap];
    for (std::int64_t c = 0; c < block.channels; ++c, weights += Vectors * Lanes) {
      Type row[Vectors];
#pragma GCC unroll 2
      for (int v = 0; v < Vectors; ++v) load(weights + v * Lanes, row[v]);
#pragma GCC unroll 8
      for (int p = 0; p < Pixels; ++p) {
        const float value = in[p * block.pixel_stride + c];
#pragma GCC unroll 2
        for (int v = 0; v < Vectors; ++v) sums[p][v] += value * row[v];
      }
    }
  }
  for (int p = 0; p < Pixels; ++p) {
    for (int v = 0; v < Vectors; ++v) {
      const auto place = p * block.out_stride + v * Lanes;
      finish<Type>(sums[p][v], block.residual ? block.residual + place : nullptr, block.relu,
                   block.out + place);
    }
  }
}

template <int Lanes, int Vectors, int Pixels>
BENCH_AVX512 void block_avx512(const ConvolutionBlock& block) {
  compute_block<Lanes, Vectors, Pixels>(block);
}

template <int Lanes, int Vectors, int Pixels>
BENCH_AVX2 void block_avx2(const ConvolutionBlock& block) {
  compute_block<Lanes, Vectors, Pixels>(block);
}

/// B^T d B with B^T = (1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1) (Lavin and Gray 2016).
template <int Lanes>
BENCH_INLINE void input_transform(const float* in, std::int64_t row, std::int64_t channels,
                                  std::int64_t tiles, float* out, std::int64_t plane) {
  using Type = typename Vector<Lanes>::Type;
  for (std::int64_t tile = 0; tile < tiles; ++tile, in += 2 * channels, out += channels) {
    for (std::int64_t c = 0; c < channels; c += Lanes) {
      Type half[4][4];
      for (int x = 0; x < 4; ++x) {
        Type d[4];
        for (int y = 0; y < 4; ++y) load(in + x * channels + c + y * row, d[y]);
        half[0][x] = d[0] - d[2];
        half[1][x] = d[1] + d[2];
        half[2][x] = d[2] - d[1];
        half[3][x] = d[1] - d[3];
      }
      for (int y = 0; y < 4; ++y) {
        float* to = out + 4 * y * plane + c;
        store_vector<Type>(half[y][0] - half[y][2], to);
        store_vector<Type>(half[y][1] + half[y][2], to + plane);
        store_vector<Type>(half[y][2] - half[y][1], to + 2 * plane);
        store_vector<Type>(half[y][1] - half[y][3], to + 3 * plane);
      }
    }
  }
}

/// A^T m A with A^T = (1 1 1 0; 0 1 -1 -1).
template <int Lanes>
BENCH_INLINE void output_transform(const WinogradOutput& row) {
  using Type = typename Vector<Lanes>::Type;
  for (std::int64_t column = 0; column < row.columns; column += 2) {
    const float* products = row.products + column / 2 * row.channels;
    for (std::int64_t c = 0; c < row.channels; c += Lanes) {
      Type half[2][4];
      for (int x = 0; x < 4; ++x) {
        Type m[4];
        for (int y = 0; y < 4; ++y) load(products + (4 * y + x) * row.plane + c, m[y]);
        half[0][x] = m[0] + m[1] + m[2];
        half[1][x] = m[1] - m[2] - m[3];
      }
      Type start = {};
      if (row.bias) load(row.bias + c, start);
      for (std::int64_t y = 0; y < row.rows; ++y) {
        const auto place = y * row.row_values + column * row.channels + c;
        const auto* sums = half[y];
        finish<Type>(start + sums[0] + sums[1] + sums[2],
                     row.residual ? row.residual + place : nullptr, row.relu, row.out + place);
        if (column + 1 == row.columns) continue;
        const auto next = place + row.channels;
        finish<Type>(start + sums[1] - sums[2] - sums[3],
                     row.residual ? row.residual + next : nullptr, row.relu, row.out + next);
      }
    }
  }
}

BENCH_AVX512 void input_avx512(const float* in, std::int64_t row, std::int64_t channels,
                               std::int64_t tiles, float* out, std::int64_t plane) {
  input_transform<16>(in, row, channels, tiles, out, plane);
}

BENCH_AVX512 void output_avx512(const WinogradOutput& row) {
  output_transform<16>(row);
}

BENCH_AVX2 void input_avx2(const float* in, std::int64_t row, std::int64_t channels,
                           std::int64_t tiles, float* out, std::int64_t plane) {
  input_transform<8>(in, row, channels, tiles, out, plane);
}

BENCH_AVX2 void output_avx2(const WinogradOutput& row) {
  output_transform<8>(row);
}

// Numbers of pixels: as many as leave registers free for the weights.
std::vector<BlockKernels> kernels_here() {
  if (kernel_variant() == KernelVariant::kAvx512) {
    return {{32, 8, block_avx512<16, 2, 8>, block_avx512<16, 2, 4>, block_avx512<16, 2, 1>},
            {16, 8, block_avx512<16, 1, 8>, block_avx512<16, 1, 4>, block_avx512<16, 1, 1>},
            {8, 8, block_avx512<8, 1, 8>, block_avx512<8, 1, 4>, block_avx512<8, 1, 1>}};
  }
  if (kernel_variant() == KernelVariant::kAvx2) {
    return {{16, 6, block_avx2<8, 2, 6>, block_avx2<8, 2, 4>, block_avx2<8, 2, 1>},
            {8, 8, block_avx2<8, 1, 8>, block_avx2<8, 1, 4>, block_avx2<8, 1, 1>}};
  }
  return {};
}

WinogradKernels winograd_here() {
  if (kernel_variant() == KernelVariant::kAvx512) return {16, input_avx512, output_avx512};
  if (kernel_variant() == KernelVariant::kAvx2) return {8, input_avx2, output_avx2};
  return {};
}

}  // namespace
#else
namespace {

std::vector<BlockKernels> kernels_here() {
  return {};
}

WinogradKernels winograd_here() {
  return {};
}

}  // namespace
#endif

const std::vector<BlockKernels>& block_kernels() {
  static const std::vector<BlockKernels> kernels = kernels_here();
  return kernels;
}

const WinogradKernels& winograd_kernels() {
  static const WinogradKernels kernels = winograd_here();
  return kernels;
}

}  // namespace bench::training
