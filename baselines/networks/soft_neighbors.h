#pragma once

#include <torch/types.h>

#include <cstdint>

namespace bench::baselines {

/// The continuous relaxation of k nearest neighbors (Ploetz & Roth, NeurIPS 2018, section 3):
///   a^1 = -d / t,   w^j = softmax(a^j),   a^(j+1) = a^j + log(1 - w^j).
/// The weights w^j of a j-th neighbor sum to 1; with t -> 0 they become 1 at the plain j-th
/// nearest and 0 elsewhere.
///
/// \param distances     [..., M], at least `neighbors` of them
/// \param temperatures  [..., 1], above 0
/// \returns [..., neighbors, M]
/// \throws c10::Error naming both numbers if there are fewer candidates than neighbors
torch::Tensor soft_neighbor_weights(const torch::Tensor& distances,
                                    const torch::Tensor& temperatures, std::int64_t neighbors);

}  // namespace bench::baselines
