#pragma once

#include <torch/types.h>

#include <functional>
#include <vector>

namespace bench::training {

/// Two levels of one search: the architecture is to be good on the validation loss at weights that
/// are good on the training loss. The losses read the tensors below; they are evaluated several
/// times at other weights.
struct BilevelProblem {
  std::vector<torch::Tensor> weights;
  std::vector<torch::Tensor> architecture;
  std::function<torch::Tensor()> training_loss;
  std::function<torch::Tensor()> validation_loss;
  /// What the losses also write: running statistics of batch normalizations in training mode.
  std::vector<torch::Tensor> statistics = {};
};

/// The weight step through which the second order looks: w' = w - rate (momentum * buffer +
/// gradient + decay * w).
struct LookAhead {
  double learning_rate = 0.025;
  double momentum = 0.9;
  double weight_decay = 3e-4;
  std::vector<torch::Tensor> momentum_buffers = {};  ///< one per weight; empty: all zero
  double radius = 0.01;  ///< of the central difference, over |dL_val/dw'| (Liu et al. 2019, 2.3)
};

struct ArchitectureGradient {
  std::vector<torch::Tensor> gradient;  ///< one tensor per architecture tensor
  torch::Tensor objective;              ///< the validation loss where it was taken; detached
};

/// Gradient of the validation loss by the architecture at the present weights: first-order DARTS
/// (Liu et al., ICLR 2019). Only what leads to the architecture is computed.
ArchitectureGradient first_order_gradient(const BilevelProblem& problem);

/// The same at the weights after `step`, through which the architecture also acts: second-order
/// DARTS, its Equations 7 and 8, the second with a central difference.
/// Three passes over the training loss, one over the other. Weights, statistics and gradients are
/// afterwards what they were.
ArchitectureGradient second_order_gradient(const BilevelProblem& problem, const LookAhead& step);

}  // namespace bench::training
