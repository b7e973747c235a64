#pragma once

#include <torch/types.h>

#include "datasets/image.h"

namespace bench::stages {

/// An image as a batch of one, [1, C, H, W].
torch::Tensor tensor_of(const datasets::FloatImage& image);

/// Inverse of `tensor_of`, from any device and type.
datasets::FloatImage image_of(const torch::Tensor& tensor);

}  // namespace bench::stages
