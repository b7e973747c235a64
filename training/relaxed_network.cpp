#include "training/relaxed_network.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

namespace bench::training {

torch::Tensor RelaxedNetwork::objective(const Batch& batch) const {
  return loss(batch, ArchitectureMode::kDifferentiable) + terms();
}

std::string RelaxedNetwork::broken_term(const Batch& batch) const {
  torch::NoGradGuard no_grad;
  if (!std::isfinite(loss(batch, ArchitectureMode::kFixed).item<double>())) {
    return "L_Res (architecture's batch)";
  }
  return std::isfinite(terms().item<double>()) ? "L_Res + architecture terms"
                                               : "architecture terms";
}

std::vector<std::vector<double>> RelaxedNetwork::probabilities() const {
  std::vector<std::vector<double>> rows;
  for (const auto& tensor : logits()) {
    const auto all = torch::softmax(tensor.detach().to(torch::kCPU, torch::kFloat64), -1);
    const auto flat = all.reshape({-1, all.size(-1)}).contiguous();
    for (std::int64_t row = 0; row < flat.size(0); ++row) {
      const auto* first = flat.const_data_ptr<double>() + row * flat.size(1);
      rows.emplace_back(first, first + flat.size(1));
    }
  }
  return rows;
}

std::vector<torch::Tensor> RelaxedNetwork::statistics() const {
  const auto own = logits();
  std::vector<torch::Tensor> found;
  for (const auto& buffer : module().buffers()) {
    const bool is_logit = std::any_of(own.begin(), own.end(),
                                      [&](const auto& logit) { return logit.is_same(buffer); });
    if (!is_logit) found.push_back(buffer);
  }
  return found;
}

BilevelProblem bilevel_problem(const RelaxedNetwork& network, const Batch& train,
                               const Batch& validation) {
  return {network.weights(), network.logits(),
          [&network, train] { return network.loss(train, ArchitectureMode::kDifferentiable); },
          [&network, validation] { return network.objective(validation); }, network.statistics()};
}

double mean_entropy_nats(const std::vector<std::vector<double>>& probabilities) {
  double sum = 0.0;
  for (const auto& row : probabilities) {
    for (const double p : row) sum -= p > 0.0 ? p * std::log(p) : 0.0;
  }
  return probabilities.empty() ? 0.0 : sum / static_cast<double>(probabilities.size());
}

}  // namespace bench::training
