#pragma once

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

namespace bench::training {

/// What `convolution.forward(features)` computes, with gradients: on a CPU with AVX-512 in
/// channels-last memory by kernels of our own, else by LibTorch. Served are float32 weights without
/// bias and with channels in eights: 3x3 of stride 1 with channels in thirty-twos by Winograd's
/// F(2x2, 3x3), others of stride 1 or 2 and 1x1 as products of matrices.
///
/// Under autocast to bfloat16 (needs AVX512-BF16) features, results and their gradients are
/// bfloat16; the weights' gradients and all sums are float32. Winograd rounds the transformed
/// features and weights instead of the weights themselves.
///
/// \param features  [N, in, H, W]
/// \returns [N, out, ceil(H / stride), ceil(W / stride)]; as far from the exact result as
///          LibTorch's in float32 (some 1e-6 of the norm), by Winograd twice as far in bfloat16
///          (4e-3). Bit-identical for one number of threads.
torch::Tensor trained_convolution(const torch::Tensor& features,
                                  torch::nn::Conv2dImpl& convolution);

}  // namespace bench::training
