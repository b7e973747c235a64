#include "baselines/networks/relaxed_supernet.h"

#include <torch/types.h>

#include "training/losses.h"
#include "training/precision.h"

namespace bench::baselines {
namespace {

/// While it lives, what is computed from these leaves is not recorded for their gradients.
class FixedLeaves {
 public:
  FixedLeaves(std::vector<torch::Tensor> leaves, bool fixed) : leaves_(std::move(leaves)) {
    for (auto& leaf : leaves_) leaf.set_requires_grad(!fixed);
  }
  ~FixedLeaves() {
    for (auto& leaf : leaves_) leaf.set_requires_grad(true);
  }
  FixedLeaves(const FixedLeaves&) = delete;
  FixedLeaves& operator=(const FixedLeaves&) = delete;

 private:
  std::vector<torch::Tensor> leaves_;
};

}  // namespace

RelaxedSupernet::RelaxedSupernet(std::shared_ptr<SearchableNetwork> supernet,
                                 const SupernetPassOptions& options)
    : supernet_(std::move(supernet)), options_(options) {}

training::Batch RelaxedSupernet::prepared(const training::Batch& batch) const {
  TORCH_CHECK(batch.degraded.dim() == 4 && batch.degraded.sizes() == batch.target.sizes(),
              "search: expected two [N, C, H, W] tensors of one shape, got ",
              batch.degraded.sizes(), " degraded and ", batch.target.sizes(), " target");
  const auto place = supernet_->architecture_parameters().front().options();
  return {training::in_layout(batch.degraded.to(place), options_.layout),
          training::in_layout(batch.target.to(place), options_.layout)};
}

torch::Tensor RelaxedSupernet::loss(const training::Batch& batch,
                                    training::ArchitectureMode mode) const {
  const FixedLeaves scope(logits(), mode == training::ArchitectureMode::kFixed);
  const training::PrecisionScope precision(options_.precision, batch.target.device());
  const auto restored = supernet_->forward(batch.degraded).to(batch.target.scalar_type());
  return training::restoration_loss(options_.loss, restored, batch.target);
}

torch::Tensor RelaxedSupernet::terms() const {
  return torch::zeros({}, logits().front().options());
}

}  // namespace bench::baselines
