#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>

#include <memory>

#include "training/batch.h"
#include "training/batch_norm.h"
#include "training/network.h"

namespace bench::training {

/// Convolution, batch norm and residual, convolution: 1 -> 6 -> 1 channels.
class TinyNetwork : public RestorationNetwork {
 public:
  explicit TinyNetwork(std::uint64_t seed, bool normalized = true);

  torch::Tensor forward(const torch::Tensor& degraded) override;
  std::int64_t side_multiple() const override { return 4; }
  std::shared_ptr<RestorationNetwork> folded() override;

 private:
  torch::nn::Conv2d first_{nullptr}, last_{nullptr};
  torch::nn::BatchNorm2d norm_{nullptr};
};

/// Noise to be removed from a smooth image; step s gives the same batch whenever it is asked.
Batch noisy_batch(std::int64_t step);

}  // namespace bench::training
