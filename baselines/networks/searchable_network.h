#pragma once

#include <torch/types.h>

#include <string>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

/// A supernet: a network whose forward also depends on architecture parameters.
class SearchableNetwork : public training::RestorationNetwork {
 public:
  /// Logits; also among `parameters()`, under names that begin with "architecture".
  virtual std::vector<torch::Tensor> architecture_parameters() const = 0;

  /// The network that the logits now stand for, in the form of `NetworkOptions::architecture`.
  virtual std::string derived_architecture() const = 0;

  /// All other parameters, in their order.
  std::vector<torch::Tensor> weight_parameters() const;
};

/// The softmax over the last dimension of `logits` [rows, columns], in double precision.
std::vector<std::vector<double>> softmax_rows(const torch::Tensor& logits);

}  // namespace bench::baselines
