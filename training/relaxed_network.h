#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <string>
#include <vector>

#include "training/batch.h"
#include "training/bilevel.h"

namespace bench::training {

/// Whether a pass keeps what is needed to differentiate by the architecture.
enum class ArchitectureMode { kFixed, kDifferentiable };

/// A network whose architecture is relaxed to logits, as a search by gradients sees it, whatever
/// its space. Implementations decide loss, precision and layout.
class RelaxedNetwork {
 public:
  virtual ~RelaxedNetwork() = default;

  /// Weights, statistics and logits: all that a checkpoint keeps.
  virtual torch::nn::Module& module() const = 0;

  /// Leaves that training moves; the logits are not among them.
  virtual std::vector<torch::Tensor> weights() const = 0;

  /// Leaves [rows, choices] that require gradients: a softmax over each row chooses.
  virtual std::vector<torch::Tensor> logits() const = 0;

  /// The batch on the network's device, in its type and layout.
  virtual Batch prepared(const Batch& batch) const = 0;

  /// The restoration loss on a prepared batch.
  virtual torch::Tensor loss(const Batch& batch, ArchitectureMode mode) const = 0;

  /// What the architecture pays besides, a function of the logits alone; a scalar.
  virtual torch::Tensor terms() const = 0;

  /// Which part of a non-finite objective is not finite: "L_Res (architecture's batch)",
  /// "architecture terms", or "L_Res + architecture terms" where only their sum overflows.
  virtual std::string broken_term(const Batch& batch) const;

  /// What the logits now stand for, as a text that its space reads back.
  virtual std::string architecture() const = 0;

  /// The architecture's objective: loss + terms.
  torch::Tensor objective(const Batch& batch) const;

  /// Softmax of every row of the logits, tensor after tensor.
  std::vector<std::vector<double>> probabilities() const;

  /// Running statistics of its batch normalizations.
  std::vector<torch::Tensor> statistics() const;
};

/// The two levels on these prepared batches.
BilevelProblem bilevel_problem(const RelaxedNetwork& network, const Batch& train,
                               const Batch& validation);

/// Mean over rows of the entropy of their probabilities: 0 decided.
double mean_entropy_nats(const std::vector<std::vector<double>>& probabilities);

}  // namespace bench::training
