#include "baselines/networks/nafnet_block.h"

#include <torch/types.h>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

constexpr double kEpsilon = 1e-6;

torch::Tensor simple_gate(const torch::Tensor& features) {
  const auto halves = features.chunk(2, 1);
  return halves[0] * halves[1];
}

}  // namespace

ChannelNormImpl::ChannelNormImpl(std::int64_t channels)
    : weight_(register_parameter("weight", torch::ones({channels}))),
      bias_(register_parameter("bias", torch::zeros({channels}))) {}

torch::Tensor ChannelNormImpl::forward(const torch::Tensor& features) {
  const auto centered = features - features.mean(1, /*keepdim=*/true);
  const auto variance = centered.square().mean(1, /*keepdim=*/true);
  const auto normed = centered / torch::sqrt(variance + kEpsilon);
  return normed * weight_.view({1, -1, 1, 1}) + bias_.view({1, -1, 1, 1});
}

NafBlockImpl::NafBlockImpl(std::int64_t channels)
    : spatial_scale_(register_parameter("beta", torch::zeros({1, channels, 1, 1}))),
      channel_scale_(register_parameter("gamma", torch::zeros({1, channels, 1, 1}))),
      widen_(same_convolution(channels, 2 * channels, {.kernel = 1})),
      depthwise_(same_convolution(2 * channels, 2 * channels, {.groups = 2 * channels})),
      narrow_(same_convolution(channels, channels, {.kernel = 1})),
      attention_(same_convolution(channels, channels, {.kernel = 1})),
      widen_again_(same_convolution(channels, 2 * channels, {.kernel = 1})),
      narrow_again_(same_convolution(channels, channels, {.kernel = 1})),
      norm1_(channels),
      norm2_(channels) {
  register_module("widen", widen_);
  register_module("depthwise", depthwise_);
  register_module("narrow", narrow_);
  register_module("attention", attention_);
  register_module("widen_again", widen_again_);
  register_module("narrow_again", narrow_again_);
  register_module("norm1", norm1_);
  register_module("norm2", norm2_);
}

torch::Tensor NafBlockImpl::forward(const torch::Tensor& features) {
  const auto gated = simple_gate(depthwise_->forward(widen_->forward(norm1_->forward(features))));
  const auto attended = gated * attention_->forward(gated.mean({2, 3}, /*keepdim=*/true));
  const auto spatial = features + narrow_->forward(attended) * spatial_scale_;
  const auto mixed = simple_gate(widen_again_->forward(norm2_->forward(spatial)));
  return spatial + narrow_again_->forward(mixed) * channel_scale_;
}

}  // namespace bench::baselines
