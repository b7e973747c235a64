#pragma once

#include <torch/types.h>

#include <vector>

namespace bench::clearer {

/// relu(sum of the terms, each enlarged by its factor with repeated pixels): the end of a fusion
/// module with nearest upsampling as one node of the graph and one pass over memory.
/// \param terms    terms[i] is [N, C, H / factors[i], W / factors[i]]; not written to
/// \param factors  1 or more; at least one is 1
torch::Tensor rectified_resolution_sum(const std::vector<torch::Tensor>& terms,
                                       const std::vector<std::int64_t>& factors);

}  // namespace bench::clearer
