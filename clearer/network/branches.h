#pragma once

#include <torch/types.h>

#include <vector>

namespace bench::clearer {

/// One feature tensor per resolution, finest first: branch i is [N, channels_i, H / 2^i, W / 2^i].
using Branches = std::vector<torch::Tensor>;

}  // namespace bench::clearer
