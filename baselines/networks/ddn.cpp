#include "baselines/networks/ddn.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/types.h>

#include <string>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

constexpr std::int64_t kDdnFeatures = 16;
constexpr std::int64_t kResidualPairs = 12;
// As in training, from memory of the released code; its test code has radius 16.
constexpr std::int64_t kBaseRadius = 15;
constexpr double kBaseEpsilon = 1.0;

torch::nn::Sequential convolution_and_norm(std::int64_t from_channels, std::int64_t channels) {
  return torch::nn::Sequential(same_convolution(from_channels, channels),
                               torch::nn::BatchNorm2d(channels));
}

torch::nn::Sequential residual_pair() {
  return torch::nn::Sequential(same_convolution(kDdnFeatures, kDdnFeatures),
                               torch::nn::BatchNorm2d(kDdnFeatures), torch::nn::ReLU(),
                               same_convolution(kDdnFeatures, kDdnFeatures),
                               torch::nn::BatchNorm2d(kDdnFeatures), torch::nn::ReLU());
}

torch::Tensor window_mean(const torch::Tensor& images, std::int64_t radius) {
  // A square window is a row of columns, at the border too, because there it is cut to a rectangle.
  const auto size = 2 * radius + 1;
  const auto columns = torch::avg_pool2d(images, {size, 1}, {1, 1}, {radius, 0},
                                         /*ceil_mode=*/false, /*count_include_pad=*/false);
  return torch::avg_pool2d(columns, {1, size}, {1, 1}, {0, radius}, /*ceil_mode=*/false,
                           /*count_include_pad=*/false);
}

}  // namespace

torch::Tensor guided_base(const torch::Tensor& images, std::int64_t radius, double epsilon) {
  const auto mean = window_mean(images, radius);
  const auto variance = window_mean(images * images, radius) - mean * mean;
  const auto slope = variance / (variance + epsilon);
  const auto offset = mean - slope * mean;
  return window_mean(slope, radius) * images + window_mean(offset, radius);
}

Ddn::Ddn(const DdnOptions& options)
    : first_(convolution_and_norm(options.image_channels, kDdnFeatures)),
      last_(convolution_and_norm(kDdnFeatures, options.image_channels)) {
  register_module("first", first_);
  for (std::int64_t i = 0; i < kResidualPairs; ++i) {
    residuals_.push_back(register_module("residual" + std::to_string(i), residual_pair()));
  }
  register_module("last", last_);
}

torch::Tensor Ddn::forward(const torch::Tensor& degraded) {
  auto features = degraded - guided_base(degraded, kBaseRadius, kBaseEpsilon);
  features = torch::relu(first_->forward(features));
  for (auto& residual : residuals_) features = features + residual->forward(features);
  return degraded + last_->forward(features);
}

}  // namespace bench::baselines
