#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

namespace bench::baselines {

/// Layer normalization over the channels of each pixel, with a scale and an offset per channel.
class ChannelNormImpl : public torch::nn::Module {
 public:
  explicit ChannelNormImpl(std::int64_t channels);

  torch::Tensor forward(const torch::Tensor& features);

 private:
  torch::Tensor weight_;
  torch::Tensor bias_;
};
TORCH_MODULE(ChannelNorm);

/// The block of NAFNet (Chen et al., ECCV 2022): no activation function; half of the channels
/// multiply the other half. Keeps the shape.
class NafBlockImpl : public torch::nn::Module {
 public:
  explicit NafBlockImpl(std::int64_t channels);

  torch::Tensor forward(const torch::Tensor& features);

 private:
  torch::Tensor spatial_scale_;  ///< beta, [1, channels, 1, 1], starts at 0
  torch::Tensor channel_scale_;  ///< gamma, the same
  torch::nn::Conv2d widen_;
  torch::nn::Conv2d depthwise_;
  torch::nn::Conv2d narrow_;
  torch::nn::Conv2d attention_;
  torch::nn::Conv2d widen_again_;
  torch::nn::Conv2d narrow_again_;
  ChannelNorm norm1_;
  ChannelNorm norm2_;
};
TORCH_MODULE(NafBlock);

}  // namespace bench::baselines
