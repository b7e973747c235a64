#include "clearer/network/transition.h"

#include <torch/nn/module.h>
#include <torch/types.h>

namespace bench::clearer {

Transition::Transition(torch::nn::Module& owner, const std::string& path,
                       const std::vector<std::int64_t>& in, const std::vector<std::int64_t>& out,
                       Normalization normalization)
    : layers_(out.size()) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto here = path + ".transition_layers." + std::to_string(i);
    if (i >= in.size()) {
      layers_[i].emplace_back(owner, here + ".0.0", here + ".0.1",
                              ConvolutionShape{in.back(), out[i], 3, 2}, normalization);
    } else if (in[i] != out[i]) {
      layers_[i].emplace_back(owner, here + ".0", here + ".1", ConvolutionShape{in[i], out[i]},
                              normalization);
    }
  }
}

Branches Transition::forward(const Branches& features) const {
  Branches result;
  result.reserve(layers_.size());
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const auto& source = i < features.size() ? features[i] : features.back();
    result.push_back(layers_[i].empty() ? source : layers_[i].front().forward(source, true));
  }
  return result;
}

}  // namespace bench::clearer
