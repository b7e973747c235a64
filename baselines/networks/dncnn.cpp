#include "baselines/networks/dncnn.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <string>

#include "baselines/networks/convolution.h"
#include "training/fold.h"

namespace bench::baselines {
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
  // Where this network has no bias, folding leaves the target's as it is.
  for (auto& convolution : merged->convolutions_) convolution->bias.zero_();
  training::fold_batch_norms(*this, *merged);
  merged->eval();
  return merged;
}

}  // namespace bench::baselines
