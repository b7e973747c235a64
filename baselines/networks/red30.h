#pragma once

#include <torch/nn/modules/conv.h>

#include <cstdint>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

struct Red30Options {
  std::int64_t image_channels = 1;
};

/// RED-Net30 (Mao et al., NIPS 2016): 15 convolutions and 15 transposed convolutions, 64 channels,
/// stride 1; every second convolution is added to its mirror image; so is the image at the end.
class Red30 : public training::RestorationNetwork {
 public:
  explicit Red30(const Red30Options& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  std::vector<torch::nn::Conv2d> encode_;
  std::vector<torch::nn::ConvTranspose2d> decode_;
};

}  // namespace bench::baselines
