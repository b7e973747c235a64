#pragma once

#include <torch/types.h>

#include <string>

#include "clearer/space/search_options.h"
#include "training/batch.h"
#include "training/relaxed_network.h"

namespace bench::clearer {

/// Loss evaluations on a supernet, with the options' precision, layout and loss terms.
class SupernetPasses : public training::RelaxedNetwork {
 public:
  SupernetPasses(Supernet supernet, const SearchOptions& options);

  torch::nn::Module& module() const override { return *supernet_; }
  std::vector<torch::Tensor> weights() const override { return supernet_->parameters(); }
  std::vector<torch::Tensor> logits() const override { return {supernet_->architecture_logits()}; }
  training::Batch prepared(const training::Batch& batch) const override;
  torch::Tensor loss(const training::Batch& batch, training::ArchitectureMode mode) const override;
  std::string architecture() const override { return to_string(supernet_->discretized()); }

  /// lambda1 L_Arch + lambda2 L_Comp.
  torch::Tensor terms() const override;

  /// L_Res.
  torch::Tensor restoration(const training::Batch& batch, const torch::Tensor& probabilities) const;
  torch::Tensor restoration(const training::Batch& batch, const Architecture& architecture) const;

  /// "L_Arch" or "L_Comp" where one of them is not finite.
  std::string broken_term(const training::Batch& batch) const override;

 private:
  template <typename Choice>
  torch::Tensor restoration_with(const training::Batch& batch, const Choice& choice) const;

  mutable Supernet supernet_;
  const SearchOptions options_;
  const torch::Tensor costs_;
};

}  // namespace bench::clearer
