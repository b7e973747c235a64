#include "clearer/network/resolutions.h"

#include <torch/types.h>

namespace bench::clearer {

torch::Tensor upsample(const torch::Tensor& features, std::int64_t factor, Upsampling upsampling) {
  const std::vector<std::int64_t> sides = {features.size(2) * factor, features.size(3) * factor};
  if (upsampling == Upsampling::kNearest) return at::upsample_nearest2d(features, sides);
  return at::upsample_bilinear2d(features, sides, /*align_corners=*/false);
}

}  // namespace bench::clearer
