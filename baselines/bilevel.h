#pragma once

#include <torch/types.h>

#include <functional>
#include <vector>

namespace bench::baselines {

/// Two levels of one search: the architecture is to be good on the validation loss at weights that
/// are good on the training loss. The losses read the tensors below; they are evaluated several
/// times at other weights, so that batch normalisation in training mode moves its statistics.
struct BilevelProblem {
  std::vector<torch::Tensor> weights;
  std::vector<torch::Tensor> architecture;
  std::function<torch::Tensor()> training_loss;
  std::function<torch::Tensor()> validation_loss;
};

/// The weight step through which the second order looks: w' = w - rate (momentum * buffer +
/// gradient + decay * w).
struct LookAhead {
  double learning_rate = 0.025;
  double momentum = 0.9;
  double weight_decay = 3e-4;
  std::vector<torch::Tensor> momentum_buffers = {};  ///< one per weight; empty: all zero
};

/// Gradient of the validation loss by the architecture at the present weights: first-order DARTS
/// (Liu et al., ICLR 2019). One tensor per architecture tensor.
std::vector<torch::Tensor> first_order_gradient(const BilevelProblem& problem);

/// The same at the weights after `step`, through which the architecture also acts: second-order
/// DARTS, its Equations 7 and 8, with a central difference of radius 0.01 / |gradient|.
/// Weights and gradients are afterwards what they were.
std::vector<torch::Tensor> second_order_gradient(const BilevelProblem& problem,
                                                 const LookAhead& step);

}  // namespace bench::baselines
