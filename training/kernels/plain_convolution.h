#pragma once

#include <torch/nn/modules/conv.h>

#include <optional>

#include "training/kernels/packed_convolution.h"

namespace bench::training {

/// The shape of a convolution with square kernel, dense, in one group, padded with zeros so that
/// the side is kept (but for the stride); nothing for any other.
std::optional<PackedShape> plain_shape(const torch::nn::Conv2dImpl& convolution);

}  // namespace bench::training
