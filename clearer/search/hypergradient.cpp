#include "clearer/search/hypergradient.h"

#include <torch/torch.h>

namespace bench::clearer {
namespace {

std::vector<torch::Tensor> copies(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> result;
  result.reserve(tensors.size());
  for (const auto& tensor : tensors) result.push_back(tensor.detach().clone());
  return result;
}

/// Puts tensors back to their values when it dies, also after an exception.
class Restoring {
 public:
  explicit Restoring(std::vector<torch::Tensor> tensors)
      : tensors_(std::move(tensors)), values_(copies(tensors_)) {}
  ~Restoring() { restore(); }
  Restoring(const Restoring&) = delete;
  Restoring& operator=(const Restoring&) = delete;

  void restore() {
    torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < tensors_.size(); ++i) tensors_[i].copy_(values_[i]);
  }

 private:
  std::vector<torch::Tensor> tensors_;
  const std::vector<torch::Tensor> values_;
};

/// Gradients with respect to `inputs`; zeros for what the loss does not depend on.
std::vector<torch::Tensor> gradients(const torch::Tensor& loss,
                                     const std::vector<torch::Tensor>& inputs) {
  auto found = torch::autograd::grad({loss}, inputs, {}, std::nullopt, /*create_graph=*/false,
                                     /*allow_unused=*/true);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].defined()) found[i] = torch::zeros_like(inputs[i]);
  }
  return found;
}

void take_unrolled_step(const std::vector<torch::Tensor>& weights,
                        std::vector<torch::Tensor> slopes, const UnrolledStep& step) {
  torch::NoGradGuard no_grad;
  if (step.weight_decay != 0.0) at::_foreach_add_(slopes, weights, step.weight_decay);
  if (!step.momentum_buffers.empty()) {
    at::_foreach_add_(slopes, step.momentum_buffers, step.momentum);
  }
  at::_foreach_add_(weights, slopes, -step.learning_rate);
}

torch::Tensor gradient_at(const SupernetPasses& passes, const training::Batch& train,
                          const std::vector<torch::Tensor>& weights,
                          const std::vector<torch::Tensor>& direction, double distance) {
  {
    torch::NoGradGuard no_grad;
    at::_foreach_add_(weights, direction, distance);
  }
  const auto loss = passes.restoration(train, passes.supernet()->probabilities());
  return gradients(loss, {Supernet(passes.supernet())->architecture_logits()}).front();
}

}  // namespace

Hypergradient second_order_gradient(const SupernetPasses& passes, const training::Batch& train,
                                    const training::Batch& validation, const UnrolledStep& step) {
  Supernet supernet = passes.supernet();
  const auto weights = supernet->parameters();
  auto& logits = supernet->architecture_logits();
  std::vector<torch::Tensor> statistics;
  for (const auto& buffer : supernet->named_buffers()) {
    if (!buffer.value().is_same(logits)) statistics.push_back(buffer.value());
  }
  Restoring kept_statistics(statistics);
  Restoring kept_weights(weights);

  const auto train_loss = passes.restoration(train, supernet->probabilities().detach());
  take_unrolled_step(weights, gradients(train_loss, weights), step);

  const auto objective = passes.architecture_objective(validation);
  auto inputs = weights;
  inputs.push_back(logits);
  auto slopes = gradients(objective, inputs);
  const auto direct = slopes.back();
  slopes.pop_back();
  kept_weights.restore();

  const double norm = torch::stack(at::_foreach_norm(slopes)).norm().item<double>();
  if (norm == 0.0) return {direct, objective.item<double>()};
  const double radius = step.radius / norm;
  const auto above = gradient_at(passes, train, weights, slopes, radius);
  const auto below = gradient_at(passes, train, weights, slopes, -2.0 * radius);
  const auto implicit = (above - below) / (2.0 * radius);
  return {direct - step.learning_rate * implicit, objective.item<double>()};
}

}  // namespace bench::clearer
