#pragma once

#include <torch/types.h>

#include "datasets/picture.h"

namespace bench::stages {

/// A picture as a batch of one, [1, C, H, W].
torch::Tensor tensor_of(const datasets::FloatPicture& picture);

/// Inverse of `tensor_of`, from any device and type.
datasets::FloatPicture picture_of(const torch::Tensor& tensor);

}  // namespace bench::stages
