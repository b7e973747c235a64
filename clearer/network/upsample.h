#pragma once

#include <torch/types.h>

#include "clearer/space/search_space.h"

namespace bench::clearer {

/// Enlarges both sides by a whole factor. [N, C, H, W] -> [N, C, factor H, factor W].
torch::Tensor upsample(const torch::Tensor& features, std::int64_t factor, Upsampling upsampling);

}  // namespace bench::clearer
