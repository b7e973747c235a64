#pragma once

#include <torch/types.h>

#include "training/kernels/aligned_buffer.h"

namespace bench::training {

/// Weights of a convolution, [out, in, kernel, kernel] in any memory order and float32, as one
/// matrix a tap. in and out are multiples of 8.

/// [kernel^2][in][out]: for results of features.
AlignedBuffer<float> taps_from_in_to_out(const torch::Tensor& weight);

/// [kernel^2][out][in]: for the gradient by the features. \param turned  by half: last tap first
AlignedBuffer<float> taps_from_out_to_in(const torch::Tensor& weight, bool turned);

}  // namespace bench::training
