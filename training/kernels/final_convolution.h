#pragma once

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

#include <memory>
#include <mutex>

#include "training/kernels/packed_convolution.h"

namespace bench::training {

/// A convolution whose weights ask for no gradient is taken for final: its evaluation in float32
/// and channels-last memory on a CPU is computed by `PackedConvolution`, with the weights that it
/// has when it is first evaluated. Threads may share it.
class FinalConvolution {
 public:
  explicit FinalConvolution(std::shared_ptr<torch::nn::Conv2dImpl> convolution);

  /// relu?(convolution(features) + residual?), equal to LibTorch's to some 1e-6 of the largest
  /// value. \param features  [N, C, H, W]  \param residual  of the result's shape, or undefined
  /// \returns an undefined tensor where this form does not serve: while a graph is recorded,
  /// weights
  ///          that ask for gradients, another type, device or memory order, autocast, a shape or a
  ///          processor without kernels. The caller then computes it with LibTorch.
  torch::Tensor forward(const torch::Tensor& features, const torch::Tensor& residual,
                        bool relu) const;

 private:
  bool serves(const torch::Tensor& features, const torch::Tensor& residual) const;
  const PackedConvolution& packed() const;

  const std::shared_ptr<torch::nn::Conv2dImpl> convolution_;
  const PackedShape shape_;
  const bool has_kernels_;
  mutable std::once_flag packing_;
  mutable std::unique_ptr<const PackedConvolution> packed_;
};

}  // namespace bench::training
