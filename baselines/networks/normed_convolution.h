#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

namespace bench::baselines {

struct NormedConvolutionOptions {
  std::int64_t from_channels = 32;
  std::int64_t channels = 32;
  std::int64_t kernel = 3;
  std::int64_t dilation = 1;
  bool batch_norm = true;
};

/// A convolution with bias that pads by reflection and keeps height and width, then (unless
/// switched off) batch normalization; the two can be asked for apart.
class NormedConvolutionImpl : public torch::nn::Module {
 public:
  explicit NormedConvolutionImpl(const NormedConvolutionOptions& options);

  torch::Tensor forward(const torch::Tensor& features);
  torch::Tensor convolve(const torch::Tensor& features);
  torch::Tensor normalize(const torch::Tensor& features);

 private:
  torch::nn::Conv2d convolution_;
  torch::nn::BatchNorm2d norm_{nullptr};
};
TORCH_MODULE(NormedConvolution);

}  // namespace bench::baselines
