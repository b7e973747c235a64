#include "baselines/networks/squeeze_excitation.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/linear.h>
#include <torch/types.h>

namespace bench::baselines {

SqueezeExcitationImpl::SqueezeExcitationImpl(std::int64_t channels, std::int64_t squeezed)
    : weights_(torch::nn::Linear(channels, squeezed), torch::nn::ReLU(),
               torch::nn::Linear(squeezed, channels), torch::nn::Sigmoid()) {
  register_module("fc", weights_);
}

torch::Tensor SqueezeExcitationImpl::forward(const torch::Tensor& features) {
  const auto factors = weights_->forward(features.mean({2, 3}));
  return features * factors.view({features.size(0), features.size(1), 1, 1});
}

}  // namespace bench::baselines
