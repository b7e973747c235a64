#pragma once

#include <cstdint>

namespace bench::training {

/// 3x3 convolutions of stride 1 with zero padding, for training: computed by Winograd's
/// F(2x2, 3x3) (training_kernels.h), whose weights are transformed anew in every call.
/// Channels-last memory; `Stored` is float or Bfloat16, sums are float32. On several threads
/// (at::parallel_for); results depend on the number of threads only in `gradient_by_weights`.

/// Sides of the features.
struct Images {
  std::int64_t count, height, width;
};

/// Whether this processor and these channels are served: both multiples of 32.
template <typename Stored>
bool winograd_serves(std::int64_t in, std::int64_t out);

/// \param features  [count, height, width, in]
/// \param taps      [9][in][out]: weights by row and column of the kernel
/// \param results   [count, height, width, out]
/// \pre winograd_serves<Stored>(in, out)
template <typename Stored>
void winograd_convolve(const Images& images, std::int64_t in, std::int64_t out,
                       const Stored* features, const float* taps, Stored* results);

/// \param slopes    [count, height, width, out]: the loss by the results
/// \param gradient  [out][9][in]: the loss by the weights
/// \pre winograd_serves<Stored>(in, out)
template <typename Stored>
void winograd_gradient_by_weights(const Images& images, std::int64_t in, std::int64_t out,
                                  const Stored* features, const Stored* slopes, float* gradient);

}  // namespace bench::training
