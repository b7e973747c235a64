#include "training/inference.h"

#include <torch/nn/functional/padding.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "training/precision.h"

namespace bench::training {
namespace {

torch::Tensor turned(const torch::Tensor& images, int quarter_turns, bool flipped) {
  const auto view = flipped ? images.flip({3}) : images;
  return torch::rot90(view, quarter_turns, {2, 3});
}

torch::Tensor turned_back(const torch::Tensor& images, int quarter_turns, bool flipped) {
  const auto view = torch::rot90(images, -quarter_turns, {2, 3});
  return flipped ? view.flip({3}) : view;
}

}  // namespace

torch::Tensor padded(const torch::Tensor& images, std::int64_t multiple) {
  const auto missing = [multiple](std::int64_t side) {
    return (multiple - side % multiple) % multiple;
  };
  const auto below = missing(images.size(2)), right = missing(images.size(3));
  if (below == 0 && right == 0) return images;
  namespace F = torch::nn::functional;
  F::PadFuncOptions options({0, right, 0, below});
  if (below < images.size(2) && right < images.size(3)) {
    return F::pad(images, options.mode(torch::kReflect));
  }
  return F::pad(images, options.mode(torch::kReplicate));
}

Restorer::Restorer(std::shared_ptr<RestorationNetwork> network, const InferenceOptions& options)
    : network_(std::move(network)), options_(options) {
  network_->eval();
  if (options_.fold_batch_norms) {
    if (auto folded = network_->folded()) {
      network_ = std::move(folded);
      network_->eval();
      // Not for the caller's own network: an optimizer may hold memory laid out like its weights.
      set_layout(network_->parameters(), options_.layout);
    }
  }
}

torch::Tensor Restorer::restore_one_view(const torch::Tensor& degraded) const {
  const auto whole = in_layout(padded(degraded, network_->side_multiple()), options_.layout);
  const PrecisionScope scope(options_.precision, whole.device());
  return network_->forward(whole)
      .slice(2, 0, degraded.size(2))
      .slice(3, 0, degraded.size(3))
      .to(degraded.scalar_type());
}

torch::Tensor Restorer::restore(const torch::Tensor& degraded) const {
  TORCH_CHECK(degraded.dim() == 4, "restore: expected [N, C, H, W], got ", degraded.sizes());
  torch::NoGradGuard no_graph;
  const auto parameters = network_->parameters();
  const auto images = parameters.empty() ? degraded : degraded.to(parameters.front().options());
  if (!options_.self_ensemble) return restore_one_view(images).contiguous();
  torch::Tensor sum;
  for (int quarter_turns = 0; quarter_turns < 4; ++quarter_turns) {
    for (const bool flipped : {false, true}) {
      const auto view = restore_one_view(turned(images, quarter_turns, flipped).contiguous());
      const auto back = turned_back(view, quarter_turns, flipped);
      sum = sum.defined() ? sum + back : back;
    }
  }
  return (sum / 8.0).contiguous();
}

}  // namespace bench::training
