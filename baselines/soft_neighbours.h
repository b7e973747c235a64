#pragma once

#include <torch/types.h>

#include <cstdint>

namespace bench::baselines {

/// The continuous relaxation of k nearest neighbours (Ploetz & Roth, NeurIPS 2018, section 3):
///   a^1 = -d / t,   w^j = softmax(a^j),   a^(j+1) = a^j + log(1 - w^j).
/// The weights w^j of a j-th neighbour sum to 1; with t -> 0 they become 1 at the plain j-th
/// nearest and 0 elsewhere. \param distances     [..., M], at least `neighbours` of them \param
/// temperatures  [..., 1], above 0 \returns [..., neighbours, M] \throws c10::Error naming both
/// numbers if there are fewer candidates than neighbours
torch::Tensor soft_neighbour_weights(const torch::Tensor& distances,
                                     const torch::Tensor& temperatures, std::int64_t neighbours);

}  // namespace bench::baselines
