#pragma once

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

namespace bench::training {

/// What `convolution.forward(features)` computes, with gradients: on a CPU in channels-last memory
/// by kernels of our own where they were measured faster than LibTorch's (3x3 of stride 1 with
/// channels in thirty-twos, by Winograd's F(2x2, 3x3)), else by LibTorch.
///
/// float32, and under autocast to bfloat16 bfloat16 with float32 weights, gradients and sums: the
/// transformed features and weights are rounded instead of the weights themselves.
///
/// \param features  [N, in, H, W]
/// \returns [N, out, H / stride, W / stride]; equal to LibTorch's to some 1e-6 of the norm in
///          float32 and 5e-3 in bfloat16
torch::Tensor trained_convolution(const torch::Tensor& features,
                                  torch::nn::Conv2dImpl& convolution);

}  // namespace bench::training
