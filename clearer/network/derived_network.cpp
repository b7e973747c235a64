#include "clearer/network/derived_network.h"

#include <torch/types.h>

#include "clearer/network/initialize.h"
#include "training/fold.h"

namespace bench::clearer {
namespace {

const SearchSpace& checked(const SearchSpace& space, const Architecture& architecture) {
  validate(space);
  validate(space, architecture);
  return space;
}

}  // namespace

DerivedNetwork::DerivedNetwork(const SearchSpace& space, const Architecture& architecture,
                               torch::Generator generator)
    : space_(checked(space, architecture)),
      architecture_(architecture),
      cells_(architecture.cells.size()),
      trunk_(*this, space_, [this](std::int64_t cell) {
        const auto branches = branches_of_cell(space_, cell);
        const auto& kinds = architecture_.cells[static_cast<std::size_t>(cell)];
        auto& modules = cells_[static_cast<std::size_t>(cell)];
        for (std::size_t i = 0; i < kinds.size(); ++i) {
          const auto path = "stage" + std::to_string(cell + 2) + "." + std::to_string(i);
          if (kinds[i] == ModuleKind::kParallel) {
            modules.emplace_back(ParallelModule(*this, path, space_, branches));
          } else {
            modules.emplace_back(
                FusionModule(*this, path, space_, branches, branches, space_.fusion_exchange));
          }
        }
      }) {
  initialize(*this, space_, std::move(generator));
}

torch::Tensor DerivedNetwork::forward(const torch::Tensor& degraded) {
  return trunk_.forward(degraded, [this](std::int64_t cell, Branches branches) {
    for (const auto& module : cells_[static_cast<std::size_t>(cell)]) {
      branches = std::visit([&](const auto& kind) { return kind.forward(branches); }, module);
    }
    return branches;
  });
}

std::shared_ptr<training::RestorationNetwork> DerivedNetwork::folded() {
  if (space_.normalization != Normalization::kBatch) return nullptr;
  auto plain = space_;
  plain.normalization = Normalization::kNone;
  const auto first = parameters().front();
  auto network = std::make_shared<DerivedNetwork>(
      plain, architecture_, at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{0}));
  network->to(first.device(), first.scalar_type());
  network->eval();
  training::fold_batch_norms(*this, *network);
  for (auto& weight : network->parameters()) weight.set_requires_grad(false);  // final
  return network;
}

}  // namespace bench::clearer
