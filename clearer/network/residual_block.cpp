#include "clearer/network/residual_block.h"

#include <torch/nn/module.h>
#include <torch/types.h>

namespace bench::clearer {

ResidualBlock::ResidualBlock(torch::nn::Module& owner, const std::string& path,
                             std::int64_t channels, Normalization normalization)
    : first_(owner, path + ".conv1", path + ".bn1", {channels, channels}, normalization),
      second_(owner, path + ".conv2", path + ".bn2", {channels, channels}, normalization) {}

torch::Tensor ResidualBlock::forward(const torch::Tensor& features) const {
  return second_.forward(first_.forward(features, /*relu=*/true), /*relu=*/true, features);
}

Bottleneck::Bottleneck(torch::nn::Module& owner, const std::string& path, std::int64_t in,
                       std::int64_t planes, Normalization normalization)
    : first_(owner, path + ".conv1", path + ".bn1", {in, planes, 1}, normalization),
      second_(owner, path + ".conv2", path + ".bn2", {planes, planes}, normalization),
      third_(owner, path + ".conv3", path + ".bn3", {planes, planes * kExpansion, 1},
             normalization) {
  if (in == planes * kExpansion) return;
  projection_.emplace_back(owner, path + ".downsample.0", path + ".downsample.1",
                           ConvolutionShape{in, planes * kExpansion, 1}, normalization);
}

torch::Tensor Bottleneck::forward(const torch::Tensor& features) const {
  const auto refined = second_.forward(first_.forward(features, true), true);
  const auto shortcut =
      projection_.empty() ? features : projection_.front().forward(features, /*relu=*/false);
  return third_.forward(refined, /*relu=*/true, shortcut);
}

}  // namespace bench::clearer
