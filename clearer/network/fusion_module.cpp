#include "clearer/network/fusion_module.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include "clearer/network/resolutions.h"

namespace bench::clearer {

FusionModule::FusionModule(torch::nn::Module& owner, const std::string& path,
                           const SearchSpace& space, std::int64_t branches, std::int64_t outputs,
                           bool exchange)
    : upsampling_(space.upsampling), exchange_(exchange) {
  // A module without weights is registered too: it has a place in the network's order.
  module_at(owner, path);
  paths_.resize(static_cast<std::size_t>(outputs));
  for (std::int64_t to = 0; to < outputs; ++to) {
    auto& incoming = paths_[static_cast<std::size_t>(to)];
    incoming.resize(static_cast<std::size_t>(branches));
    const auto out = space.channels[static_cast<std::size_t>(to)];
    for (std::int64_t from = 0; exchange && from < branches; ++from) {
      auto& convolutions = incoming[static_cast<std::size_t>(from)];
      const auto in = space.channels[static_cast<std::size_t>(from)];
      const auto here = path + ".fuse_layers." + std::to_string(to) + "." + std::to_string(from);
      if (from > to) {
        convolutions.emplace_back(owner, here + ".0", here + ".1", ConvolutionShape{in, out, 1},
                                  space.normalization);
      }
      for (std::int64_t halving = 0; halving < to - from; ++halving) {
        const auto step = here + "." + std::to_string(halving);
        const bool last = halving + 1 == to - from;
        convolutions.emplace_back(owner, step + ".0", step + ".1",
                                  ConvolutionShape{in, last ? out : in, 3, 2}, space.normalization);
      }
    }
  }
}

torch::Tensor FusionModule::sum_for(std::size_t to, const Branches& features) const {
  std::vector<torch::Tensor> terms;
  std::vector<std::int64_t> factors;
  for (std::size_t from = 0; from < features.size(); ++from) {
    if (!exchange_ && from != to) continue;
    auto term = features[from];
    const auto& convolutions = paths_[to][from];
    for (std::size_t i = 0; i < convolutions.size(); ++i) {
      term = convolutions[i].forward(term, /*relu=*/i + 1 < convolutions.size());
    }
    auto factor = from > to ? std::int64_t{1} << (from - to) : std::int64_t{1};
    if (upsampling_ != Upsampling::kNearest && factor > 1) {
      term = upsample(term, factor, upsampling_);
      factor = 1;
    }
    terms.push_back(std::move(term));
    factors.push_back(factor);
  }
  return rectified_resolution_sum(terms, factors);
}

Branches FusionModule::forward(const Branches& features) const {
  TORCH_CHECK(!paths_.empty() && features.size() == paths_.front().size(),
              "FusionModule: built for ", paths_.empty() ? 0 : paths_.front().size(),
              " branches, got ", features.size());
  Branches fused;
  fused.reserve(paths_.size());
  for (std::size_t to = 0; to < paths_.size(); ++to) fused.push_back(sum_for(to, features));
  return fused;
}

}  // namespace bench::clearer
