#include "clearer/network/cost.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "clearer/network/convolution.h"
#include "clearer/network/residual_block.h"

namespace bench::clearer {
namespace {

/// A sum over convolutions, each at the resolution `level` (0 finest) of its output.
class CostSum {
 public:
  CostSum(const SearchSpace& space, std::int64_t height, std::int64_t width)
      : space_(space), height_(height), width_(width) {}

  void add(const ConvolutionShape& shape, std::int64_t level) {
    add_plain(shape, level);
    const bool plain = space_.normalization == Normalization::kNone;
    sum_.parameters += plain ? shape.out : 2 * shape.out;
  }

  /// Without normalization and bias.
  void add_plain(const ConvolutionShape& shape, std::int64_t level) {
    const auto weights = shape.in * shape.out * shape.kernel * shape.kernel;
    sum_.parameters += weights;
    sum_.macs += weights * (height_ >> level) * (width_ >> level);
  }

  void add_parallel(std::int64_t branches) {
    for (std::int64_t i = 0; i < branches; ++i) {
      for (int twice = 0; twice < 2; ++twice) add({channels(i), channels(i)}, i);
    }
  }

  void add_fusion(std::int64_t branches, std::int64_t outputs, bool exchange) {
    for (std::int64_t to = 0; exchange && to < outputs; ++to) {
      for (std::int64_t from = 0; from < branches; ++from) {
        // Upwards the 1x1 convolution works at the coarse resolution that it comes from.
        if (from > to) add({channels(from), channels(to), 1}, from);
        for (std::int64_t level = from + 1; level <= to; ++level) {
          add({channels(from), level == to ? channels(to) : channels(from)}, level);
        }
      }
    }
  }

  void add_module(std::int64_t branches, ModuleKind kind) {
    if (kind == ModuleKind::kParallel) {
      add_parallel(branches);
    } else {
      add_fusion(branches, branches, space_.cross_scale_fusion);
    }
  }

  /// Stem, transitions and head.
  void add_trunk() {
    auto width = add_stem();
    const auto cells = static_cast<std::int64_t>(space_.modules.size()) - 1;
    // What the last cell (or the transition after it) leaves.
    const auto last = std::min(space_.branches, cells + 1);
    if (width != channels(0)) add({width, channels(0)}, 0);
    for (std::int64_t level = 1; level < last; ++level) {
      // The first new resolution of the released order is made from the stem's own width.
      const bool from_stem = level == 1 && space_.order == ModuleOrder::kTransitionFirst;
      add({from_stem ? width : channels(level - 1), channels(level)}, level);
    }
    add_fusion(last, 1, true);
    add_plain({channels(0), space_.image_channels, space_.head == Head::kConvolution1x1 ? 1 : 3},
              0);
  }

  const ModuleCost& sum() const { return sum_; }

 private:
  std::int64_t channels(std::int64_t level) const {
    return space_.channels[static_cast<std::size_t>(level)];
  }

  std::int64_t add_stem() {
    const auto width = channels(0);
    if (space_.stem == Stem::kParallel) {
      add({space_.image_channels, width}, 0);
      for (std::int64_t i = 0; i < space_.modules.front(); ++i) add_parallel(1);
      return width;
    }
    const auto wide = width * Bottleneck::kExpansion;
    auto in = space_.image_channels;
    for (std::int64_t i = 0; i < space_.modules.front(); ++i) {
      add({in, width, 1}, 0);
      add({width, width}, 0);
      add({width, wide, 1}, 0);
      if (in != wide) add({in, wide, 1}, 0);
      in = wide;
    }
    return wide;
  }

  const SearchSpace& space_;
  const std::int64_t height_, width_;
  ModuleCost sum_;
};

}  // namespace

ModuleCost module_cost(const SearchSpace& space, std::int64_t branches, ModuleKind kind,
                       std::int64_t height, std::int64_t width) {
  CostSum cost(space, height, width);
  cost.add_module(branches, kind);
  return cost.sum();
}

ModuleCost network_cost(const SearchSpace& space, const Architecture& architecture,
                        std::int64_t height, std::int64_t width) {
  validate(space);
  validate(space, architecture);
  CostSum cost(space, height, width);
  cost.add_trunk();
  const auto branches = branches_of_positions(space);
  const auto kinds = flattened(architecture);
  for (std::size_t i = 0; i < kinds.size(); ++i) cost.add_module(branches[i], kinds[i]);
  return cost.sum();
}

ModuleCost supernet_cost(const SearchSpace& space, std::int64_t height, std::int64_t width) {
  validate(space);
  CostSum cost(space, height, width);
  cost.add_trunk();
  for (const auto branches : branches_of_positions(space)) {
    cost.add_module(branches, ModuleKind::kParallel);
    cost.add_module(branches, ModuleKind::kFusion);
  }
  return cost.sum();
}

std::int64_t parameter_count(const SearchSpace& space, const Architecture& architecture) {
  return network_cost(space, architecture, 0, 0).parameters;
}

std::vector<std::array<double, 2>> normalized_costs(std::vector<std::array<double, 2>> costs) {
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

std::vector<std::array<double, 2>> position_costs(const SearchSpace& space, CostKind kind) {
  validate(space);
  constexpr std::int64_t kSide = 64;  // any: shares of MACs do not depend on it
  std::vector<std::array<double, 2>> costs;
  for (const auto branches : branches_of_positions(space)) {
    const auto parallel = module_cost(space, branches, ModuleKind::kParallel, kSide, kSide);
    const auto fusion = module_cost(space, branches, ModuleKind::kFusion, kSide, kSide);
    if (kind == CostKind::kReleasedConstants) {
      costs.push_back({0.7, 0.3});
    } else if (kind == CostKind::kParameters) {
      costs.push_back(
          {static_cast<double>(parallel.parameters), static_cast<double>(fusion.parameters)});
    } else {
      costs.push_back({static_cast<double>(parallel.macs), static_cast<double>(fusion.macs)});
    }
  }
  return kind == CostKind::kReleasedConstants ? costs : normalized_costs(std::move(costs));
}

}  // namespace bench::clearer
