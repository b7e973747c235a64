#include "baselines/networks/prenet.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/container/any.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

constexpr std::int64_t kResidualBlocks = 5;

torch::nn::Sequential gate(std::int64_t features, torch::nn::AnyModule activation) {
  torch::nn::Sequential layers(same_convolution(2 * features, features));
  layers->push_back(std::move(activation));
  return layers;
}

}  // namespace

PreNet::PreNet(const PreNetOptions& options)
    : options_(options),
      first_(same_convolution(2 * options.image_channels, options.features), torch::nn::ReLU()),
      last_(same_convolution(options.features, options.image_channels)) {
  const auto features = options.features;
  register_module("conv0", first_);
  const auto blocks = options.shared_blocks ? 1 : kResidualBlocks;
  for (std::int64_t i = 1; i <= blocks; ++i) {
    residuals_.push_back(register_module(
        "res_conv" + std::to_string(i),
        torch::nn::Sequential(same_convolution(features, features), torch::nn::ReLU(),
                              same_convolution(features, features), torch::nn::ReLU())));
  }
  if (options.recurrent) {
    input_gate_ =
        register_module("conv_i", gate(features, torch::nn::AnyModule(torch::nn::Sigmoid())));
    forget_gate_ =
        register_module("conv_f", gate(features, torch::nn::AnyModule(torch::nn::Sigmoid())));
    candidate_ = register_module("conv_g", gate(features, torch::nn::AnyModule(torch::nn::Tanh())));
    output_gate_ =
        register_module("conv_o", gate(features, torch::nn::AnyModule(torch::nn::Sigmoid())));
  }
  register_module("conv", last_);
}

PreNet::LstmState PreNet::recur(const torch::Tensor& features, const LstmState& before) {
  const auto both = torch::cat({features, before.hidden}, 1);
  const auto cell = forget_gate_->forward(both) * before.cell +
                    input_gate_->forward(both) * candidate_->forward(both);
  return {output_gate_->forward(both) * torch::tanh(cell), cell};
}

torch::Tensor PreNet::refine(torch::Tensor features) {
  for (std::int64_t i = 0; i < kResidualBlocks; ++i) {
    auto& block = residuals_[options_.shared_blocks ? 0 : static_cast<std::size_t>(i)];
    features = torch::relu(block->forward(features) + features);
  }
  return features;
}

std::vector<torch::Tensor> PreNet::forward_all(const torch::Tensor& degraded) {
  auto restored = degraded;
  const auto zeros =
      torch::zeros({degraded.size(0), options_.features, degraded.size(2), degraded.size(3)},
                   degraded.options());
  LstmState state{zeros, zeros};
  std::vector<torch::Tensor> estimates;
  for (std::int64_t i = 0; i < options_.iterations; ++i) {
    auto features = first_->forward(torch::cat({degraded, restored}, 1));
    if (options_.recurrent) {
      state = recur(features, state);
      features = state.hidden;
    }
    restored = degraded + last_->forward(refine(features));
    estimates.push_back(restored);
  }
  return estimates;
}

torch::Tensor PreNet::forward(const torch::Tensor& degraded) {
  return forward_all(degraded).back();
}

}  // namespace bench::baselines
