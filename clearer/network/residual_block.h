#pragma once

#include "clearer/network/convolution.h"

namespace bench::clearer {

/// Two 3x3 convolutions added to their input, then rectified (ResNet, 2016). Keeps the shape.
class ResidualBlock {
 public:
  /// Registers conv1, bn1, conv2, bn2 in the module at `path` under `owner`.
  ResidualBlock(torch::nn::Module& owner, const std::string& path, std::int64_t channels,
                Normalization normalization);

  torch::Tensor forward(const torch::Tensor& features) const;

 private:
  Convolution first_, second_;
};

/// 1x1, 3x3, 1x1 to four times the channels, added to the (projected) input, then rectified.
/// The stem of the released network is made of these. [N, in, H, W] -> [N, 4 planes, H, W].
class Bottleneck {
 public:
  static constexpr std::int64_t kExpansion = kBottleneckExpansion;

  /// Registers conv1 .. bn3 and, where the channels change, downsample.0 and .1.
  Bottleneck(torch::nn::Module& owner, const std::string& path, std::int64_t in,
             std::int64_t planes, Normalization normalization);

  torch::Tensor forward(const torch::Tensor& features) const;

 private:
  Convolution first_, second_, third_;
  std::vector<Convolution> projection_;  ///< one or none
};

}  // namespace bench::clearer
