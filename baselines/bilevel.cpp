#include "baselines/bilevel.h"

#include <torch/torch.h>

namespace bench::baselines {
namespace {

using Tensors = std::vector<torch::Tensor>;

constexpr double kRadius = 0.01;

/// Gradients of `loss`; zeros for what it does not depend on.
Tensors gradients(const torch::Tensor& loss, const Tensors& of) {
  auto found = torch::autograd::grad({loss}, of, /*grad_outputs=*/{}, /*retain_graph=*/false,
                                     /*create_graph=*/false, /*allow_unused=*/true);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].defined()) found[i] = torch::zeros_like(of[i]);
  }
  return found;
}

void copy_into(const Tensors& weights, const Tensors& values) {
  const torch::NoGradGuard no_grad;
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i].data().copy_(values[i]);
}

/// Puts the weights back at the end of the scope, also when a loss throws.
class KeptWeights {
 public:
  explicit KeptWeights(const Tensors& weights) : weights_(weights) {
    for (const auto& weight : weights) values_.push_back(weight.detach().clone());
  }
  ~KeptWeights() { copy_into(weights_, values_); }
  KeptWeights(const KeptWeights&) = delete;
  KeptWeights& operator=(const KeptWeights&) = delete;

  const Tensors& values() const { return values_; }

 private:
  const Tensors& weights_;
  Tensors values_;
};

Tensors stepped(const BilevelProblem& problem, const LookAhead& step, const Tensors& weights) {
  const auto training = gradients(problem.training_loss(), problem.weights);
  Tensors next;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    auto direction = training[i] + step.weight_decay * weights[i];
    if (!step.momentum_buffers.empty()) {
      direction = direction + step.momentum * step.momentum_buffers[i];
    }
    next.push_back(weights[i] - step.learning_rate * direction);
  }
  return next;
}

double norm_of(const Tensors& tensors) {
  double squares = 0.0;
  for (const auto& tensor : tensors) squares += tensor.square().sum().item<double>();
  return std::sqrt(squares);
}

/// Architecture gradient of the training loss at `weights + distance * direction`.
Tensors shifted_gradient(const BilevelProblem& problem, const Tensors& weights,
                         const Tensors& direction, double distance) {
  Tensors shifted;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    shifted.push_back(weights[i] + distance * direction[i]);
  }
  copy_into(problem.weights, shifted);
  return gradients(problem.training_loss(), problem.architecture);
}

}  // namespace

std::vector<torch::Tensor> first_order_gradient(const BilevelProblem& problem) {
  return gradients(problem.validation_loss(), problem.architecture);
}

std::vector<torch::Tensor> second_order_gradient(const BilevelProblem& problem,
                                                 const LookAhead& step) {
  const KeptWeights kept(problem.weights);
  copy_into(problem.weights, stepped(problem, step, kept.values()));
  auto both = problem.architecture;
  both.insert(both.end(), problem.weights.begin(), problem.weights.end());
  const auto validation = gradients(problem.validation_loss(), both);
  const auto boundary =
      validation.begin() + static_cast<std::ptrdiff_t>(problem.architecture.size());
  Tensors gradient(validation.begin(), boundary);
  const Tensors by_weights(boundary, validation.end());
  const double norm = norm_of(by_weights);
  // At a stationary point of the validation loss the weights carry nothing back.
  if (norm == 0.0) return gradient;
  const double radius = kRadius / norm;
  const auto plus = shifted_gradient(problem, kept.values(), by_weights, radius);
  const auto minus = shifted_gradient(problem, kept.values(), by_weights, -radius);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    gradient[i] = gradient[i] - step.learning_rate * (plus[i] - minus[i]) / (2.0 * radius);
  }
  return gradient;
}

}  // namespace bench::baselines
