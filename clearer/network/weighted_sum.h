#pragma once

#include <torch/types.h>

namespace bench::clearer {

/// first * first_weight + second * second_weight, differentiable in all four.
/// \param first_weight, second_weight  scalars (no dimensions)
torch::Tensor weighted_sum(const torch::Tensor& first, const torch::Tensor& first_weight,
                           const torch::Tensor& second, const torch::Tensor& second_weight);

}  // namespace bench::clearer
