#pragma once

#include <torch/nn/modules/container/sequential.h>

#include <cstdint>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

/// Defaults: M6R6, 64 channels.
struct MemNetOptions {
  std::int64_t image_channels = 1;
  std::int64_t features = 64;
  std::int64_t memory_blocks = 6;
  std::int64_t recursions = 6;  ///< residual units per block, each with weights of its own
};

/// Batch normalization, ReLU, convolution without bias: the unit that MemNet is made of.
torch::nn::Sequential preactivated_convolution(std::int64_t from_channels, std::int64_t channels,
                                               std::int64_t kernel);

/// One memory block: residual units in a row, then a 1x1 gate over their outputs and the outputs
/// of all blocks before it.
class MemoryBlockImpl : public torch::nn::Module {
 public:
  /// \param memories  outputs handed in by the blocks before (the first features count as one)
  MemoryBlockImpl(const MemNetOptions& options, std::int64_t memories);

  torch::Tensor forward(const std::vector<torch::Tensor>& memories);

 private:
  std::vector<torch::nn::Sequential> units_;  ///< two per residual unit
  torch::nn::Sequential gate_;
};
TORCH_MODULE(MemoryBlock);

/// MemNet (Tai et al., ICCV 2017), supervised at its last output only; residual on the image.
class MemNet : public training::RestorationNetwork {
 public:
  explicit MemNet(const MemNetOptions& options);

  torch::Tensor forward(const torch::Tensor& degraded) override;

 private:
  torch::nn::Sequential extract_;
  torch::nn::Sequential reconstruct_;
  std::vector<MemoryBlock> blocks_;
};

}  // namespace bench::baselines
