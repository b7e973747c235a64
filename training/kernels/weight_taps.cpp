#include "training/kernels/weight_taps.h"

#include <algorithm>

namespace bench::training {
namespace {

/// Values from one to the next along each side. Copied out of the tensor: its functions in a loop
/// over values cost more than the loop.
struct WeightStrides {
  explicit WeightStrides(const torch::Tensor& weight)
      : out(weight.stride(0)), in(weight.stride(1)), y(weight.stride(2)), x(weight.stride(3)) {}

  std::int64_t out, in, y, x;
};

/// to[c][o] = from[o][c], a square at a time, so that lines of the caches are used whole.
void transpose(const float* from, const WeightStrides& strides, std::int64_t in, std::int64_t out,
               float* to) {
  constexpr std::int64_t kSide = 8;
  for (std::int64_t first = 0; first < out; first += kSide) {
    for (std::int64_t c = 0; c < in; c += kSide) {
      float square[kSide][kSide];
      for (std::int64_t o = 0; o < kSide; ++o) {
        const float* line = from + (first + o) * strides.out + c * strides.in;
        for (std::int64_t i = 0; i < kSide; ++i) square[i][o] = line[i * strides.in];
      }
      for (std::int64_t i = 0; i < kSide; ++i) {
        std::copy_n(square[i], kSide, to + (c + i) * out + first);
      }
    }
  }
}

}  // namespace

AlignedBuffer<float> taps_from_in_to_out(const torch::Tensor& weight) {
  const auto out = weight.size(0), in = weight.size(1), kernel = weight.size(2);
  const WeightStrides strides(weight);
  const float* values = weight.const_data_ptr<float>();
  AlignedBuffer<float> taps(kernel * kernel * in * out);
  for (std::int64_t tap = 0; tap < kernel * kernel; ++tap) {
    transpose(values + tap / kernel * strides.y + tap % kernel * strides.x, strides, in, out,
              taps.get() + tap * in * out);
  }
  return taps;
}

AlignedBuffer<float> taps_from_out_to_in(const torch::Tensor& weight, bool turned) {
  const auto out = weight.size(0), in = weight.size(1), kernel = weight.size(2);
  const WeightStrides strides(weight);
  const float* values = weight.const_data_ptr<float>();
  AlignedBuffer<float> taps(kernel * kernel * in * out);
  for (std::int64_t tap = 0; tap < kernel * kernel; ++tap) {
    const auto at = turned ? kernel * kernel - 1 - tap : tap;
    const float* from = values + at / kernel * strides.y + at % kernel * strides.x;
    float* to = taps.get() + tap * in * out;
    for (std::int64_t o = 0; o < out; ++o, to += in) {
      if (strides.in == 1) {
        std::copy_n(from + o * strides.out, in, to);
      } else {
        for (std::int64_t c = 0; c < in; ++c) to[c] = from[o * strides.out + c * strides.in];
      }
    }
  }
  return taps;
}

}  // namespace bench::training
