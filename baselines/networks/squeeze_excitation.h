#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

namespace bench::baselines {

/// Scales each channel by a factor in (0, 1) that the means of all channels decide
/// (Hu et al., CVPR 2018). Keeps the shape.
class SqueezeExcitationImpl : public torch::nn::Module {
 public:
  /// \param squeezed  units of the hidden layer
  SqueezeExcitationImpl(std::int64_t channels, std::int64_t squeezed);

  torch::Tensor forward(const torch::Tensor& features);

 private:
  torch::nn::Sequential weights_;
};
TORCH_MODULE(SqueezeExcitation);

}  // namespace bench::baselines
