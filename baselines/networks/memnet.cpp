#include "baselines/networks/memnet.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {

torch::nn::Sequential preactivated_convolution(std::int64_t from_channels, std::int64_t channels,
                                               std::int64_t kernel) {
  return torch::nn::Sequential(
      torch::nn::BatchNorm2d(from_channels), torch::nn::ReLU(),
      same_convolution(from_channels, channels, {.kernel = kernel, .bias = false}));
}

MemoryBlockImpl::MemoryBlockImpl(const MemNetOptions& options, std::int64_t memories)
    : gate_(preactivated_convolution((options.recursions + memories) * options.features,
                                     options.features, 1)) {
  for (std::int64_t i = 0; i < 2 * options.recursions; ++i) {
    units_.push_back(
        register_module("unit" + std::to_string(i / 2) + (i % 2 == 0 ? "a" : "b"),
                        preactivated_convolution(options.features, options.features, 3)));
  }
  register_module("gate", gate_);
}

torch::Tensor MemoryBlockImpl::forward(const std::vector<torch::Tensor>& memories) {
  std::vector<torch::Tensor> gathered;
  auto features = memories.back();
  for (std::size_t i = 0; i < units_.size(); i += 2) {
    features = features + units_[i + 1]->forward(units_[i]->forward(features));
    gathered.push_back(features);
  }
  gathered.insert(gathered.end(), memories.begin(), memories.end());
  return gate_->forward(torch::cat(gathered, 1));
}

MemNet::MemNet(const MemNetOptions& options)
    : extract_(preactivated_convolution(options.image_channels, options.features, 3)),
      reconstruct_(preactivated_convolution(options.features, options.image_channels, 3)) {
  register_module("extract", extract_);
  register_module("reconstruct", reconstruct_);
  for (std::int64_t i = 0; i < options.memory_blocks; ++i) {
    blocks_.push_back(register_module("block" + std::to_string(i), MemoryBlock(options, i + 1)));
  }
}

torch::Tensor MemNet::forward(const torch::Tensor& degraded) {
  std::vector<torch::Tensor> memories{extract_->forward(degraded)};
  for (auto& block : blocks_) memories.push_back(block->forward(memories));
  return degraded + reconstruct_->forward(memories.back());
}

}  // namespace bench::baselines
