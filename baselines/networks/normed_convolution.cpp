#include "baselines/networks/normed_convolution.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>

namespace bench::baselines {

NormedConvolutionImpl::NormedConvolutionImpl(const NormedConvolutionOptions& options)
    : convolution_(torch::nn::Conv2dOptions(options.from_channels, options.channels, options.kernel)
                       .padding(options.dilation * (options.kernel - 1) / 2)
                       .padding_mode(torch::kReflect)
                       .dilation(options.dilation)) {
  register_module("convolution", convolution_);
  if (options.batch_norm) {
    norm_ = register_module("norm", torch::nn::BatchNorm2d(options.channels));
  }
}

torch::Tensor NormedConvolutionImpl::convolve(const torch::Tensor& features) {
  return convolution_->forward(features);
}

torch::Tensor NormedConvolutionImpl::normalize(const torch::Tensor& features) {
  return norm_.is_empty() ? features : norm_->forward(features);
}

torch::Tensor NormedConvolutionImpl::forward(const torch::Tensor& features) {
  return normalize(convolve(features));
}

}  // namespace bench::baselines
