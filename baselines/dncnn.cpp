#include "baselines/dncnn.h"

#include <torch/torch.h>

#include <string>

#include "baselines/convolution.h"

namespace bench::baselines {
namespace {

/// Weight and bias of the convolution that equals `convolution` followed by `norm` in evaluation.
std::pair<torch::Tensor, torch::Tensor> folded_pair(const torch::nn::Conv2d& convolution,
                                                    const torch::nn::BatchNorm2d& norm) {
  const auto scale = norm->weight / torch::sqrt(norm->running_var + norm->options.eps());
  return {convolution->weight * scale.view({-1, 1, 1, 1}), norm->bias - norm->running_mean * scale};
}

}  // namespace

DnCnn::DnCnn(const DnCnnOptions& options) : options_(options) {
  const auto last = options.convolutions - 1;
  for (std::int64_t i = 0; i <= last; ++i) {
    const auto index = std::to_string(i);
    const bool bias = !options.batch_norm || (i == 0 && options.first_bias);
    convolutions_.push_back(register_module(
        "conv" + index,
        same_convolution(i == 0 ? options.image_channels : options.features,
                         i == last ? options.image_channels : options.features, {.bias = bias})));
    if (options.batch_norm && i > 0 && i < last) {
      norms_.push_back(register_module("norm" + index, torch::nn::BatchNorm2d(options.features)));
    }
  }
}

torch::Tensor DnCnn::forward(const torch::Tensor& degraded) {
  auto noise = torch::relu(convolutions_.front()->forward(degraded));
  for (std::size_t i = 1; i + 1 < convolutions_.size(); ++i) {
    noise = convolutions_[i]->forward(noise);
    if (options_.batch_norm) noise = norms_[i - 1]->forward(noise);
    noise = torch::relu(noise);
  }
  return degraded - convolutions_.back()->forward(noise);
}

std::shared_ptr<training::RestorationNetwork> DnCnn::folded() {
  if (!options_.batch_norm) return nullptr;
  auto merged_options = options_;
  merged_options.batch_norm = false;
  auto merged = std::make_shared<DnCnn>(merged_options);
  merged->to(convolutions_.front()->weight.device(), convolutions_.front()->weight.scalar_type());
  const torch::NoGradGuard no_grad;
  for (std::size_t i = 0; i < convolutions_.size(); ++i) {
    auto& target = merged->convolutions_[i];
    if (i > 0 && i + 1 < convolutions_.size()) {
      const auto [weight, bias] = folded_pair(convolutions_[i], norms_[i - 1]);
      target->weight.copy_(weight);
      target->bias.copy_(bias);
      continue;
    }
    target->weight.copy_(convolutions_[i]->weight);
    if (convolutions_[i]->bias.defined()) {
      target->bias.copy_(convolutions_[i]->bias);
    } else {
      target->bias.zero_();
    }
  }
  merged->eval();
  return merged;
}

}  // namespace bench::baselines
