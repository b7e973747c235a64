#include "clearer/network/supernet.h"

#include <torch/types.h>

#include "clearer/network/initialize.h"
#include "clearer/network/resolutions.h"

namespace bench::clearer {
namespace {

constexpr double kLogitDeviation = 1e-3;  // train_search.py:257 as released

const SearchSpace& checked(const SearchSpace& space) {
  validate(space);
  return space;
}

}  // namespace

SupernetImpl::SupernetImpl(const SearchSpace& space, SupernetSemantics semantics,
                           torch::Generator generator)
    : space_(checked(space)),
      semantics_(semantics),
      cells_(space.modules.size() - 1),
      trunk_(*this, space_, [this](std::int64_t cell) { register_cell(cell); }) {
  initialize(*this, space_, generator);
  const auto drawn = torch::empty({searched_positions(space_), 2}, torch::kFloat64)
                         .normal_(0.0, kLogitDeviation, generator);
  architecture_logits_ = register_buffer("architecture_logits", drawn.to(torch::kFloat32));
  architecture_logits_.set_requires_grad(true);
}

void SupernetImpl::register_cell(std::int64_t cell) {
  const auto branches = branches_of_cell(space_, cell);
  auto& positions = cells_[static_cast<std::size_t>(cell)];
  const auto count = space_.modules[static_cast<std::size_t>(cell) + 1];
  for (std::int64_t i = 0; i < count; ++i) {
    const auto path = "stage" + std::to_string(cell + 2) + "." + std::to_string(i);
    ParallelModule parallel(*this, path + ".horizontal", space_, branches);
    FusionModule fusion(*this, path + ".fuse", space_, branches, branches, space_.fusion_exchange);
    positions.push_back({std::move(parallel), std::move(fusion)});
  }
}

Branches SupernetImpl::mixed(const Candidates& candidates, const Branches& branches,
                             const torch::Tensor& parallel, const torch::Tensor& fusion) const {
  const auto refined = candidates.parallel.forward(branches);
  const bool aliased = semantics_ == SupernetSemantics::kAsReleased;
  const auto fused = candidates.fusion.forward(aliased ? refined : branches);
  Branches result;
  result.reserve(branches.size());
  for (std::size_t i = 0; i < branches.size(); ++i) {
    result.push_back(weighted_sum(refined[i], parallel, fused[i], fusion));
  }
  return result;
}

torch::Tensor SupernetImpl::forward(const torch::Tensor& degraded) {
  return forward(degraded, probabilities());
}

torch::Tensor SupernetImpl::forward(const torch::Tensor& degraded,
                                    const torch::Tensor& probabilities) {
  const auto weights = probabilities.flatten().unbind();
  std::size_t position = 0;
  return trunk_.forward(degraded, [&](std::int64_t cell, Branches branches) {
    for (const auto& candidates : cells_[static_cast<std::size_t>(cell)]) {
      branches = mixed(candidates, branches, weights[2 * position], weights[2 * position + 1]);
      ++position;
    }
    return branches;
  });
}

torch::Tensor SupernetImpl::forward(const torch::Tensor& degraded,
                                    const Architecture& architecture) {
  validate(space_, architecture);
  const bool aliased = semantics_ == SupernetSemantics::kAsReleased;
  return trunk_.forward(degraded, [&](std::int64_t cell, Branches branches) {
    const auto& kinds = architecture.cells[static_cast<std::size_t>(cell)];
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const auto& candidates = cells_[static_cast<std::size_t>(cell)][i];
      const bool fuse = kinds[i] == ModuleKind::kFusion;
      if (!fuse || aliased) branches = candidates.parallel.forward(branches);
      if (fuse) branches = candidates.fusion.forward(branches);
    }
    return branches;
  });
}

torch::Tensor SupernetImpl::probabilities() const {
  return torch::softmax(architecture_logits_, /*dim=*/1);
}

Architecture SupernetImpl::discretized() const {
  const auto logits = architecture_logits_.detach().to(torch::kCPU, torch::kFloat64).contiguous();
  const auto* values = logits.const_data_ptr<double>();
  std::vector<ModuleKind> modules;
  for (std::int64_t i = 0; i < logits.size(0); ++i) {
    modules.push_back(values[2 * i + 1] > values[2 * i] ? ModuleKind::kFusion
                                                        : ModuleKind::kParallel);
  }
  return architecture_of(modules, cell_sizes(space_));
}

}  // namespace bench::clearer
