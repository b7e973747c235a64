#include "clearer/space/step_values.h"

#include <algorithm>
#include <cmath>

#include "clearer/space/network_walk.h"

namespace bench::clearer {
namespace {

/// What a walk leaves for the backward pass. A convolution's result is kept; what normalization and
/// rectifier make of it is kept where it does not go straight into a sum.
struct KeptSink {
  double pixels;
  StepValues total = {};

  void convolution(const ConvolutionShape& shape, std::int64_t level, After after) {
    total.parameters += static_cast<double>(shape.in * shape.out * shape.kernel * shape.kernel);
    if (after == After::kOutput) return;
    total.parameters += static_cast<double>(2 * shape.out);
    keep(shape.out, level);
    if (after == After::kRectified) keep(shape.out, level);
  }

  void sum(std::int64_t channels, std::int64_t level) { keep(channels, level); }

 private:
  void keep(std::int64_t channels, std::int64_t level) {
    const double values =
        static_cast<double>(channels) * pixels / std::pow(4.0, static_cast<double>(level));
    total.kept += values;
    total.largest = std::max(total.largest, values);
  }
};

/// The trunk, and the batch itself: degraded, target, output, error.
void add_trunk(const SearchSpace& space, KeptSink& kept) {
  NetworkWalk(space, kept).trunk();
  kept.total.kept += static_cast<double>(4 * space.image_channels) * kept.pixels;
}

StepValues derived_values(const SearchSpace& space, const Architecture& architecture,
                          double pixels) {
  KeptSink kept{pixels};
  add_trunk(space, kept);
  NetworkWalk walk(space, kept);
  const auto branches = branches_of_positions(space);
  const auto kinds = flattened(architecture);
  for (std::size_t i = 0; i < kinds.size(); ++i) walk.module(branches[i], kinds[i]);
  return kept.total;
}

}  // namespace

StepValues training_values(const SearchSpace& space,
                           const std::optional<Architecture>& architecture, double pixels) {
  if (architecture) {
    validate(space, *architecture);
    return derived_values(space, *architecture, pixels);
  }
  const auto of_all = [&](ModuleKind kind) {
    return derived_values(space, uniform_architecture(cell_sizes(space), kind), pixels);
  };
  const auto parallel = of_all(ModuleKind::kParallel), fusion = of_all(ModuleKind::kFusion);
  return {(parallel.kept + fusion.kept) / 2, std::max(parallel.largest, fusion.largest),
          (parallel.parameters + fusion.parameters) / 2};
}

StepValues supernet_values(const SearchSpace& space, double pixels, bool whole) {
  KeptSink trunk{pixels}, modules{pixels};
  add_trunk(space, trunk);
  NetworkWalk walk(space, modules);
  for (const auto branches : branches_of_positions(space)) {
    walk.module(branches, ModuleKind::kParallel);
    walk.module(branches, ModuleKind::kFusion);
    // The weighted sum of both candidates is a tensor of its own on every branch.
    for (std::int64_t level = 0; whole && level < branches; ++level) {
      modules.sum(space.channels[static_cast<std::size_t>(level)], level);
    }
  }
  auto values = trunk.total;
  // One path uses half of the candidates; the weights are all there.
  values.kept += modules.total.kept * (whole ? 1.0 : 0.5);
  values.largest = std::max(values.largest, modules.total.largest);
  values.parameters += modules.total.parameters;
  return values;
}

}  // namespace bench::clearer
