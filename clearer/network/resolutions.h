#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "clearer/space/search_space.h"

namespace bench::clearer {

/// One feature tensor per resolution, finest first: branch i is [N, channels_i, H / 2^i, W / 2^i].
using Branches = std::vector<torch::Tensor>;

/// relu(sum of the terms, each enlarged by its factor with repeated pixels): the end of a fusion
/// module with nearest upsampling as one node of the graph and one pass over memory.
/// \param terms    terms[i] is [N, C, H / factors[i], W / factors[i]]; not written to
/// \param factors  1 or more; at least one is 1
torch::Tensor rectified_resolution_sum(const std::vector<torch::Tensor>& terms,
                                       const std::vector<std::int64_t>& factors);

/// Enlarges both sides by a whole factor. [N, C, H, W] -> [N, C, factor H, factor W].
torch::Tensor upsample(const torch::Tensor& features, std::int64_t factor, Upsampling upsampling);

/// first * first_weight + second * second_weight, differentiable in all four.
/// \param first_weight, second_weight  scalars (no dimensions)
torch::Tensor weighted_sum(const torch::Tensor& first, const torch::Tensor& first_weight,
                           const torch::Tensor& second, const torch::Tensor& second_weight);

}  // namespace bench::clearer
