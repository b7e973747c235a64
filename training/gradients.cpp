#include "training/gradients.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

namespace bench::training {

double gradient_norm(const std::vector<torch::Tensor>& parameters) {
  torch::NoGradGuard no_grad;
  std::vector<torch::Tensor> gradients;
  gradients.reserve(parameters.size());
  for (const auto& parameter : parameters) {
    if (parameter.grad().defined()) gradients.push_back(parameter.grad());
  }
  if (gradients.empty()) return 0.0;
  return torch::stack(at::_foreach_norm(gradients)).to(torch::kFloat64).norm().item<double>();
}

double clipping_scale(double norm, double limit) {
  if (limit <= 0.0) return 1.0;
  return std::min(1.0, limit / (norm + 1e-6));
}

void clear_gradients(const std::vector<torch::Tensor>& parameters) {
  for (const auto& parameter : parameters) parameter.mutable_grad().reset();
}

bool all_finite(const std::vector<torch::Tensor>& tensors) {
  torch::NoGradGuard no_grad;
  for (const auto& tensor : tensors) {
    if (!torch::isfinite(tensor.sum()).item<bool>()) {
      // A sum may overflow though each value is finite.
      if (!torch::isfinite(tensor).all().item<bool>()) return false;
    }
  }
  return true;
}

}  // namespace bench::training
