#include "clearer/space/cost.h"

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "clearer/space/network_walk.h"

namespace bench::clearer {
namespace {

/// Weights and multiply-accumulates over a walk.
struct CostSink {
  const SearchSpace& space;
  std::int64_t height, width;
  ModuleCost total = {};

  void convolution(const ConvolutionShape& shape, std::int64_t level, After after) {
    const auto weights = shape.in * shape.out * shape.kernel * shape.kernel;
    total.parameters += weights;
    total.macs += weights * (height >> level) * (width >> level);
    if (after == After::kOutput) return;
    const bool plain = space.normalization == Normalization::kNone;
    total.parameters += plain ? shape.out : 2 * shape.out;
  }

  void sum(std::int64_t /*channels*/, std::int64_t /*level*/) {}  // adds without weights
};

}  // namespace

ModuleCost module_cost(const SearchSpace& space, std::int64_t branches, ModuleKind kind,
                       std::int64_t height, std::int64_t width) {
  CostSink cost{space, height, width};
  NetworkWalk(space, cost).module(branches, kind);
  return cost.total;
}

ModuleCost network_cost(const SearchSpace& space, const Architecture& architecture,
                        std::int64_t height, std::int64_t width) {
  validate(space);
  validate(space, architecture);
  CostSink cost{space, height, width};
  NetworkWalk walk(space, cost);
  walk.trunk();
  const auto branches = branches_of_positions(space);
  const auto kinds = flattened(architecture);
  for (std::size_t i = 0; i < kinds.size(); ++i) walk.module(branches[i], kinds[i]);
  return cost.total;
}

ModuleCost supernet_cost(const SearchSpace& space, std::int64_t height, std::int64_t width) {
  validate(space);
  CostSink cost{space, height, width};
  NetworkWalk walk(space, cost);
  walk.trunk();
  for (const auto branches : branches_of_positions(space)) {
    walk.module(branches, ModuleKind::kParallel);
    walk.module(branches, ModuleKind::kFusion);
  }
  return cost.total;
}

std::int64_t parameter_count(const SearchSpace& space, const Architecture& architecture) {
  return network_cost(space, architecture, 0, 0).parameters;
}

PositionCosts normalized_costs(PositionCosts costs) {
  double total = 0.0;
  for (const auto& pair : costs) {
    for (const auto cost : pair) {
      if (!(cost >= 0.0) || !std::isfinite(cost)) {
        throw std::invalid_argument("costs: " + std::to_string(cost) +
                                    " found, expected finite numbers, 0 or more");
      }
      total += cost;
    }
  }
  if (total <= 0.0) throw std::invalid_argument("costs: all are 0, expected at least one above");
  const double mean = total / static_cast<double>(costs.size());
  for (auto& pair : costs) pair = {pair[0] / mean, pair[1] / mean};
  return costs;
}

PositionCosts position_costs(const SearchSpace& space, ComplexityCost kind) {
  validate(space);
  if (kind == ComplexityCost::kLatency) {
    throw std::invalid_argument("position_costs: latencies are measured, not counted");
  }
  if (kind == ComplexityCost::kConstants) {
    return PositionCosts(static_cast<std::size_t>(searched_positions(space)), {0.7, 0.3});
  }
  constexpr std::int64_t kSide = 64;  // any: shares of MACs do not depend on it
  const auto counted = [&](std::int64_t branches, ModuleKind module) {
    const auto cost = module_cost(space, branches, module, kSide, kSide);
    return static_cast<double>(kind == ComplexityCost::kMacs ? cost.macs : cost.parameters);
  };
  PositionCosts costs;
  for (const auto branches : branches_of_positions(space)) {
    costs.push_back(
        {counted(branches, ModuleKind::kParallel), counted(branches, ModuleKind::kFusion)});
  }
  return normalized_costs(std::move(costs));
}

}  // namespace bench::clearer
