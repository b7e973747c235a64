#pragma once

#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>

#include <cstdint>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

struct UnetOptions {
  std::int64_t image_channels = 1;
  std::int64_t features = 32;  ///< at full resolution; doubled at each of the 4 lower ones
};

/// U-Net (Ronneberger et al., MICCAI 2015) as a plain multi-scale control: 4 halvings by 2x2
/// maximum, two (3x3 convolution, batch normalization, ReLU) per level, 2x2 transposed
/// convolutions back up, concatenation, 1x1 convolution to the image. No residual.
class Unet : public training::RestorationNetwork {
 public:
  explicit Unet(const UnetOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  std::int64_t side_multiple() const override { return 16; }

 private:
  std::vector<torch::nn::Sequential> down_;  ///< finest first; the last is the bottom
  std::vector<torch::nn::ConvTranspose2d> enlarge_;
  std::vector<torch::nn::Sequential> up_;
  torch::nn::Conv2d to_image_;
};

}  // namespace bench::baselines
