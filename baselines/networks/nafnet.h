#pragma once

#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>

#include <cstdint>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

/// Defaults: the small one of this benchmark, w16 with one block everywhere.
struct NafNetOptions {
  std::int64_t image_channels = 3;
  std::int64_t width = 16;
  std::vector<std::int64_t> encoder_blocks = {1, 1, 1, 1};
  std::int64_t middle_blocks = 1;
  std::vector<std::int64_t> decoder_blocks = {1, 1, 1, 1};  ///< coarsest first
};

/// NAFNet (Chen et al., ECCV 2022): a U-shape of NAF blocks; residual on the image. Pads with
/// zeros at the right and the bottom to the multiple it needs, and crops back.
class NafNet : public training::RestorationNetwork {
 public:
  explicit NafNet(const NafNetOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  torch::nn::Conv2d intro_;
  torch::nn::Conv2d ending_;
  std::vector<torch::nn::Sequential> encoders_;
  std::vector<torch::nn::Sequential> decoders_;
  torch::nn::Sequential middle_;
  std::vector<torch::nn::Sequential> enlarge_;
  std::vector<torch::nn::Conv2d> shrink_;
};

}  // namespace bench::baselines
