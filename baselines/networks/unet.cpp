#include "baselines/networks/unet.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

constexpr std::int64_t kHalvings = 4;

torch::nn::Sequential two_convolutions(std::int64_t from_channels, std::int64_t channels) {
  return torch::nn::Sequential(same_convolution(from_channels, channels, {.bias = false}),
                               torch::nn::BatchNorm2d(channels), torch::nn::ReLU(),
                               same_convolution(channels, channels, {.bias = false}),
                               torch::nn::BatchNorm2d(channels), torch::nn::ReLU());
}

}  // namespace

Unet::Unet(const UnetOptions& options)
    : to_image_(same_convolution(options.features, options.image_channels, {.kernel = 1})) {
  auto channels = options.image_channels;
  for (std::int64_t level = 0; level <= kHalvings; ++level) {
    const auto wider = options.features << level;
    down_.push_back(
        register_module("down" + std::to_string(level), two_convolutions(channels, wider)));
    channels = wider;
  }
  for (std::int64_t level = kHalvings - 1; level >= 0; --level) {
    const auto narrower = options.features << level;
    enlarge_.push_back(
        register_module("enlarge" + std::to_string(level),
                        torch::nn::ConvTranspose2d(
                            torch::nn::ConvTranspose2dOptions(channels, narrower, 2).stride(2))));
    up_.push_back(
        register_module("up" + std::to_string(level), two_convolutions(2 * narrower, narrower)));
    channels = narrower;
  }
  register_module("to_image", to_image_);
}

torch::Tensor Unet::forward(const torch::Tensor& degraded) {
  std::vector<torch::Tensor> skips;
  auto features = down_.front()->forward(degraded);
  for (std::size_t level = 1; level < down_.size(); ++level) {
    skips.push_back(features);
    features = down_[level]->forward(torch::max_pool2d(features, 2));
  }
  for (std::size_t i = 0; i < up_.size(); ++i) {
    const auto enlarged = enlarge_[i]->forward(features);
    features = up_[i]->forward(torch::cat({skips[skips.size() - 1 - i], enlarged}, 1));
  }
  return to_image_->forward(features);
}

}  // namespace bench::baselines
