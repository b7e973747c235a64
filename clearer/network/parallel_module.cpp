#include "clearer/network/parallel_module.h"

#include <torch/nn/module.h>
#include <torch/types.h>

namespace bench::clearer {

ParallelModule::ParallelModule(torch::nn::Module& owner, const std::string& path,
                               const SearchSpace& space, std::int64_t branches) {
  for (std::int64_t i = 0; i < branches; ++i) {
    blocks_.emplace_back(owner, path + ".branches." + std::to_string(i) + ".0",
                         space.channels[static_cast<std::size_t>(i)], space.normalization);
  }
}

Branches ParallelModule::forward(const Branches& features) const {
  TORCH_CHECK(features.size() == blocks_.size(), "ParallelModule: built for ", blocks_.size(),
              " branches, got ", features.size());
  Branches refined;
  refined.reserve(features.size());
  for (std::size_t i = 0; i < features.size(); ++i) {
    refined.push_back(blocks_[i].forward(features[i]));
  }
  return refined;
}

}  // namespace bench::clearer
