#pragma once

#include <torch/nn/modules/conv.h>

#include <cstdint>

namespace bench::baselines {

struct ConvolutionSettings {
  std::int64_t kernel = 3;  ///< odd: the zero padding then keeps height and width
  std::int64_t dilation = 1;
  std::int64_t groups = 1;
  bool bias = true;
};

/// A convolution of stride 1 whose zero padding keeps height and width.
torch::nn::Conv2d same_convolution(std::int64_t from_channels, std::int64_t to_channels,
                                   const ConvolutionSettings& settings = {});

}  // namespace bench::baselines
