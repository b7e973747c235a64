#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

/// Defaults: DnCNN-S, gray, as it is trained.
struct DnCnnOptions {
  std::int64_t image_channels = 1;
  std::int64_t convolutions = 17;  ///< 20 in the blind DnCNN-B
  std::int64_t features = 64;
  bool batch_norm = true;  ///< false: folded into the convolutions, all of which then have a bias
  bool first_bias = true;  ///< some released weights have none
};

/// DnCNN (Zhang et al., IEEE TIP 2017): predicts the noise; restored = degraded - noise.
/// 3x3 convolutions; ReLU after the first, batch normalization and ReLU after the middle ones.
class DnCnn : public training::RestorationNetwork {
 public:
  explicit DnCnn(const DnCnnOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  std::shared_ptr<RestorationNetwork> folded() override;

 private:
  DnCnnOptions options_;
  std::vector<torch::nn::Conv2d> convolutions_;
  std::vector<torch::nn::BatchNorm2d> norms_;  ///< norms_[i] follows convolutions_[i + 1]
};

}  // namespace bench::baselines
