#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/types.h>

namespace bench::training {

/// What follows a convolution: normalize, add, rectify. `relu(batch_norm(features) + residual)`.
/// In training mode normalizes by the batch and moves the running statistics, else uses these.
///
/// \param features  [N, C, H, W]
/// \param norm      affine, tracking running statistics
/// \param residual  of the shape of `features`, or undefined for none; not written to
/// \param relu      whether to rectify at the end
torch::Tensor batch_norm(const torch::Tensor& features, torch::nn::BatchNorm2dImpl& norm,
                         const torch::Tensor& residual, bool relu);

}  // namespace bench::training
