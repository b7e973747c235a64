#pragma once

#include <torch/nn/modules/conv.h>

#include <cstdint>

#include "training/network.h"

namespace bench::baselines {

struct SmoothingNetOptions {
  std::int64_t image_channels = 1;
  std::int64_t features = 8;
};

/// Two convolutions that predict what to take away: restored = degraded - predicted.
class SmoothingNet : public training::RestorationNetwork {
 public:
  explicit SmoothingNet(const SmoothingNetOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  torch::nn::Conv2d see_;
  torch::nn::Conv2d predict_;
};

}  // namespace bench::baselines
