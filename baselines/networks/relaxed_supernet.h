#pragma once

#include <memory>

#include "baselines/networks/searchable_network.h"
#include "training/recipe/recipe.h"
#include "training/relaxed_network.h"

namespace bench::baselines {

/// How a supernet's weights see a batch.
struct SupernetPassOptions {
  training::Loss loss = training::Loss::kMse;
  training::Precision precision = training::Precision::kFloat32;
  training::Layout layout = training::Layout::kChannelsLast;
};

/// Any supernet of this folder as a search by gradients sees it. The architecture pays for nothing
/// but its loss.
class RelaxedSupernet : public training::RelaxedNetwork {
 public:
  /// \param supernet  on the device to search on
  RelaxedSupernet(std::shared_ptr<SearchableNetwork> supernet, const SupernetPassOptions& options);

  torch::nn::Module& module() const override { return *supernet_; }
  std::vector<torch::Tensor> weights() const override { return supernet_->weight_parameters(); }
  std::vector<torch::Tensor> logits() const override {
    return supernet_->architecture_parameters();
  }
  training::Batch prepared(const training::Batch& batch) const override;
  torch::Tensor loss(const training::Batch& batch, training::ArchitectureMode mode) const override;
  torch::Tensor terms() const override;
  std::string architecture() const override { return supernet_->derived_architecture(); }

 private:
  const std::shared_ptr<SearchableNetwork> supernet_;
  const SupernetPassOptions options_;
};

}  // namespace bench::baselines
