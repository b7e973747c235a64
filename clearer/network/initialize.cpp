#include "clearer/network/initialize.h"

#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

namespace bench::clearer {
namespace {

constexpr double kReleasedDeviation = 0.001;  // deviation table Q18

double deviation(const torch::Tensor& weight, Initialization initialization) {
  if (initialization == Initialization::kReleased) return kReleasedDeviation;
  const auto fan_in = weight.size(1) * weight.size(2) * weight.size(3);
  return std::sqrt(2.0 / static_cast<double>(fan_in));
}

// A last layer of zeros only makes sense where something is added to it.
bool last_is_zeroed(const SearchSpace& space) {
  return space.initialization == Initialization::kKaimingLastZeroed ||
         (space.initialization == Initialization::kKaiming && space.global_residual);
}

}  // namespace

void initialize(torch::nn::Module& network, const SearchSpace& space, torch::Generator generator) {
  torch::NoGradGuard no_grad;
  for (auto& entry : network.named_parameters()) {
    auto& parameter = entry.value();
    if (parameter.dim() == 4) {
      const auto drawn = torch::empty(parameter.sizes(), torch::kFloat64)
                             .normal_(0.0, deviation(parameter, space.initialization), generator);
      parameter.copy_(drawn);
      const bool last = entry.key().rfind("final_conv.", 0) == 0;
      if (last && last_is_zeroed(space)) parameter.zero_();
    } else {
      parameter.fill_(entry.key().ends_with("weight") ? 1.0 : 0.0);
    }
  }
}

}  // namespace bench::clearer
