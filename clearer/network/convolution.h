#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/instancenorm.h>
#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "clearer/space/network_walk.h"
#include "training/kernels/final_convolution.h"

namespace bench::clearer {

/// A convolution without bias and its normalization (kNone: with a bias, and none).
/// The two modules belong to the module that they were registered in.
class Convolution {
 public:
  /// Registers both in `owner` under these dotted paths, e.g. "fuse_layers.0.1.0"; the modules
  /// between are made as needed. The names are those of the released checkpoints.
  Convolution(torch::nn::Module& owner, const std::string& convolution_path,
              const std::string& norm_path, const ConvolutionShape& shape,
              Normalization normalization);

  /// relu?(norm(conv(features)) + residual?); writes to neither argument.
  torch::Tensor forward(const torch::Tensor& features, bool relu,
                        const torch::Tensor& residual = {}) const;

 private:
  std::shared_ptr<torch::nn::Conv2dImpl> convolution_;
  std::shared_ptr<torch::nn::BatchNorm2dImpl> batch_norm_;  ///< at most one of the two
  std::shared_ptr<torch::nn::InstanceNorm2dImpl> instance_norm_;
  std::shared_ptr<const training::FinalConvolution> final_;  ///< where nothing normalizes
};

/// The module at that dotted path under `owner`, made of empty modules where it is not there yet.
torch::nn::Module& module_at(torch::nn::Module& owner, const std::string& path);

}  // namespace bench::clearer
