#include "baselines/networks/n3net.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/types.h>

#include <algorithm>
#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

torch::nn::Sequential local_network(std::int64_t from_planes, std::int64_t planes,
                                    const N3NetOptions& options) {
  torch::nn::Sequential network(same_convolution(from_planes, options.features), torch::nn::ReLU());
  for (std::int64_t i = 2; i < options.depth; ++i) {
    network->push_back(same_convolution(options.features, options.features, {.bias = false}));
    network->push_back(torch::nn::BatchNorm2d(options.features));
    network->push_back(torch::nn::ReLU());
  }
  network->push_back(same_convolution(options.features, planes));
  return network;
}

/// The network's planes, with as many of its input's added as both have.
torch::Tensor with_shortcut(torch::nn::Sequential& network, const torch::Tensor& planes) {
  const auto made = network->forward(planes);
  const auto shared = std::min(planes.size(1), made.size(1));
  const auto sum = made.narrow(1, 0, shared) + planes.narrow(1, 0, shared);
  if (shared == made.size(1)) return sum;
  return torch::cat({sum, made.narrow(1, shared, made.size(1) - shared)}, 1);
}

}  // namespace

N3Net::N3Net(const N3NetOptions& options) : options_(options) {
  auto block_options = options.block;
  block_options.hidden = options.features;
  const auto wide = block_options.features * (1 + block_options.neighbors);
  for (std::int64_t i = 0; i < options.dncnns; ++i) {
    const bool first = i == 0, last = i + 1 == options.dncnns;
    const auto name = std::to_string(i);
    local_.push_back(register_module(
        "local" + name,
        local_network(first ? options.image_channels : wide,
                      last ? options.image_channels : block_options.features, options)));
    // Published, counted and stored in checkpoints, but applied nowhere.
    register_module("unused_norm" + name, torch::nn::BatchNorm2d(options.features));
    if (!last) blocks_.push_back(register_module("block" + name, N3Block(block_options)));
  }
}

torch::Tensor N3Net::forward(const torch::Tensor& degraded) {
  auto planes = degraded;
  for (std::size_t i = 0; i < local_.size(); ++i) {
    planes = with_shortcut(local_[i], planes);
    if (i < blocks_.size()) planes = blocks_[i]->forward(planes);
  }
  return planes;
}

std::int64_t N3Net::side_multiple() const {
  return options_.block.stride;
}

}  // namespace bench::baselines
