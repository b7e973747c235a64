#pragma once

#include <torch/types.h>

#include <string>

#include "clearer/search/options.h"
#include "training/batch.h"

namespace bench::clearer {

/// Loss evaluations on a supernet, with the options' precision, layout and loss terms.
class SupernetPasses {
 public:
  SupernetPasses(Supernet supernet, const SearchOptions& options);

  /// The batch on the network's device, in its type and layout.
  training::Batch prepared(const training::Batch& batch) const;

  /// L_Res.
  torch::Tensor restoration(const training::Batch& batch, const torch::Tensor& probabilities) const;
  torch::Tensor restoration(const training::Batch& batch, const Architecture& architecture) const;

  /// L_Res + lambda1 L_Arch + lambda2 L_Comp, the architecture's objective.
  torch::Tensor architecture_objective(const training::Batch& batch) const;

  /// lambda1 L_Arch + lambda2 L_Comp.
  torch::Tensor terms() const;

  /// Which term of a non-finite architecture objective is not finite: "L_Res (architecture's
  /// batch)", "L_Arch" or "L_Comp"; "L_Res + L_Arch + L_Comp" where only their sum overflows.
  std::string broken_term(const training::Batch& batch) const;

  const Supernet& supernet() const { return supernet_; }

 private:
  template <typename Choice>
  torch::Tensor restoration_with(const training::Batch& batch, const Choice& choice) const;

  mutable Supernet supernet_;
  const SearchOptions options_;
  const torch::Tensor costs_;
};

}  // namespace bench::clearer
