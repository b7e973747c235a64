#pragma once

#include <torch/nn/modules/conv.h>

#include <cstdint>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

struct FfdNetOptions {
  std::int64_t image_channels = 1;
  double sigma_8bit = 25.0;  ///< the noise level that it is told, on the 0..255 scale
};

/// FFDNet (Zhang et al., IEEE TIP 2018), normalizations folded: works on the four half-size
/// images of even and odd rows and columns, beside a constant map of the noise level.
/// 15 convolutions of 64 features for gray, 12 of 96 for color; no residual.
class FfdNet : public training::RestorationNetwork {
 public:
  explicit FfdNet(const FfdNetOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  FfdNetOptions options_;
  std::vector<torch::nn::Conv2d> convolutions_;
};

}  // namespace bench::baselines
