#pragma once

#include <cstdint>

#include "training/kernels/packed_convolution.h"

namespace bench::training {

struct Images;

/// Convolutions as products of matrices, for training: 1x1 of stride 1, and 3x3 of stride 1 or 2
/// with zero padding, which read rows copied with their padding: the taps of a row of the kernel
/// lie next to each other there. Channels-last memory; `Stored` is float or Bfloat16, sums are
/// float32. On several threads (at::parallel_for); only the gradient by the weights depends on
/// their number.

/// Whether this processor and shape are served: channels in eights.
template <typename Stored>
bool direct_serves(const PackedShape& shape);

/// \param images  the features': [count, height, width, in]
/// \param taps      [kernel^2][in][out]
/// \param results   [count, ceil(height / stride), ceil(width / stride), out]
template <typename Stored>
void direct_convolve(const PackedShape& shape, const Images& images, const Stored* features,
                     const float* taps, Stored* results);

/// \param slopes    the loss by the results, laid out like them
/// \param taps      [kernel^2][out][in]; for stride 1 turned by half: the last one first
/// \param gradient  the loss by the features
template <typename Stored>
void direct_gradient_by_features(const PackedShape& shape, const Images& images,
                                 const Stored* slopes, const float* taps, Stored* gradient);

/// \param gradient  [out][kernel^2][in]
template <typename Stored>
void direct_gradient_by_weights(const PackedShape& shape, const Images& images,
                                const Stored* features, const Stored* slopes, float* gradient);

}  // namespace bench::training
