#include "training/bilevel.h"

#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

namespace bench::training {
namespace {

using Tensors = std::vector<torch::Tensor>;

/// Gradients of `loss`; zeros for what it does not depend on.
Tensors gradients(const torch::Tensor& loss, const Tensors& of) {
  auto found = torch::autograd::grad({loss}, of, /*grad_outputs=*/{}, /*retain_graph=*/std::nullopt,
                                     /*create_graph=*/false, /*allow_unused=*/true);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].defined()) found[i] = torch::zeros_like(of[i]);
  }
  return found;
}

/// Puts tensors back to their values when it dies, also after an exception.
class Restoring {
 public:
  explicit Restoring(Tensors tensors) : tensors_(std::move(tensors)) {
    values_.reserve(tensors_.size());
    for (const auto& tensor : tensors_) values_.push_back(tensor.detach().clone());
  }
  ~Restoring() { restore(); }
  Restoring(const Restoring&) = delete;
  Restoring& operator=(const Restoring&) = delete;

  void restore() {
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < tensors_.size(); ++i) tensors_[i].copy_(values_[i]);
  }

 private:
  Tensors tensors_;
  Tensors values_;
};

void take_step(const Tensors& weights, Tensors slopes, const LookAhead& step) {
  const torch::NoGradGuard no_grad;
  if (step.weight_decay != 0.0) at::_foreach_add_(slopes, weights, step.weight_decay);
  if (!step.momentum_buffers.empty()) {
    at::_foreach_add_(slopes, step.momentum_buffers, step.momentum);
  }
  at::_foreach_add_(weights, slopes, -step.learning_rate);
}

/// Architecture gradient of the training loss, the weights moved on along `direction`.
Tensors gradient_at(const BilevelProblem& problem, const Tensors& direction, double distance) {
  {
    const torch::NoGradGuard no_grad;
    at::_foreach_add_(problem.weights, direction, distance);
  }
  return gradients(problem.training_loss(), problem.architecture);
}

}  // namespace

ArchitectureGradient first_order_gradient(const BilevelProblem& problem) {
  const auto objective = problem.validation_loss();
  return {gradients(objective, problem.architecture), objective.detach()};
}

ArchitectureGradient second_order_gradient(const BilevelProblem& problem, const LookAhead& step) {
  const Restoring kept_statistics(problem.statistics);
  Restoring kept_weights(problem.weights);
  take_step(problem.weights, gradients(problem.training_loss(), problem.weights), step);

  const auto objective = problem.validation_loss();
  auto both = problem.architecture;
  both.insert(both.end(), problem.weights.begin(), problem.weights.end());
  auto slopes = gradients(objective, both);
  const auto boundary = slopes.begin() + static_cast<std::ptrdiff_t>(problem.architecture.size());
  ArchitectureGradient found{{slopes.begin(), boundary}, objective.detach()};
  slopes.erase(slopes.begin(), boundary);
  kept_weights.restore();

  const double norm = torch::stack(at::_foreach_norm(slopes)).norm().item<double>();
  // At a stationary point of the validation loss the weights carry nothing back.
  if (norm == 0.0) return found;
  const double radius = step.radius / norm;
  const auto above = gradient_at(problem, slopes, radius);
  const auto below = gradient_at(problem, slopes, -2.0 * radius);
  for (std::size_t i = 0; i < above.size(); ++i) {
    const auto implicit = (above[i] - below[i]) / (2.0 * radius);
    found.gradient[i] = found.gradient[i] - step.learning_rate * implicit;
  }
  return found;
}

}  // namespace bench::training
