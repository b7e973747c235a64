#include "stages/memory/step_values.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "baselines/catalogue/method.h"
#include "baselines/catalogue/training_memory.h"

namespace bench::memory {
namespace {

using exchange::NetworkSettings;
using exchange::SpaceSettings;

constexpr double kBottleneckExpansion = 4;

/// Adds up a CLEARER network as clearer/search_space builds it: see docs/memory.md.
class PyramidSum {
 public:
  PyramidSum(const SpaceSettings& space, std::int64_t image_channels, double pixels)
      : space_(space), image_channels_(static_cast<double>(image_channels)), pixels_(pixels) {}

  /// Stem, transitions, head; what does not depend on the modules chosen.
  void add_trunk() {
    add_stem();
    const double stem_width = kBottleneckExpansion * channels(0);
    const auto last = branches_of_cell(cells() - 1 + (is_transition_first() ? 0 : 1));
    add_convolution(stem_width, channels(0), 3, 0, true);
    for (std::size_t level = 1; level < last; ++level) {
      const bool from_stem = level == 1 && is_transition_first();
      add_convolution(from_stem ? stem_width : channels(level - 1), channels(level), 3, level,
                      true);
    }
    add_fusion(last, 1, true);
    values_.parameters += channels(0) * image_channels_;
    values_.kept += 4 * image_channels_ * pixels_;  // batch, output, error
  }

  void add_parallel(std::size_t branches) {
    for (std::size_t level = 0; level < branches; ++level) {
      add_convolution(channels(level), channels(level), 3, level, true);
      add_convolution(channels(level), channels(level), 3, level, true);
    }
  }

  void add_fusion(std::size_t branches, std::size_t outputs, bool exchange) {
    for (std::size_t to = 0; to < outputs; ++to) {
      for (std::size_t from = 0; exchange && from < branches; ++from) {
        if (from > to) add_convolution(channels(from), channels(to), 1, from, false);
        for (std::size_t level = from + 1; level <= to; ++level) {
          add_convolution(channels(from), level == to ? channels(to) : channels(from), 3, level,
                          level < to);
        }
      }
      add_values(channels(to), to);
    }
  }

  /// The weighted sum of both candidates, a tensor of its own on every branch.
  void add_mixture(std::size_t branches) {
    for (std::size_t level = 0; level < branches; ++level) add_values(channels(level), level);
  }

  std::size_t branches_of_cell(std::size_t cell) const {
    return std::min(space_.channels.size(), cell + (is_transition_first() ? 2 : 1));
  }
  std::size_t cells() const { return space_.modules.size() - 1; }
  std::int64_t modules_of_cell(std::size_t cell) const { return space_.modules[cell + 1]; }

  const StepValues& sum() const { return values_; }

 private:
  bool is_transition_first() const { return space_.order != "transition-last"; }
  double channels(std::size_t level) const { return static_cast<double>(space_.channels[level]); }

  void add_stem() {
    double in = image_channels_;
    const double width = channels(0), wide = kBottleneckExpansion * width;
    for (std::int64_t i = 0; i < space_.modules.front(); ++i) {
      add_convolution(in, width, 1, 0, true);
      add_convolution(width, width, 3, 0, true);
      add_convolution(width, wide, 1, 0, true);
      if (in != wide) add_convolution(in, wide, 1, 0, false);
      in = wide;
    }
  }

  /// Convolution and normalization. The convolution's result is kept; what the normalization makes
  /// of it only if it is rectified, else it goes straight into a sum.
  void add_convolution(double in, double out, double kernel, std::size_t level, bool rectified) {
    values_.parameters += in * out * kernel * kernel + 2 * out;
    add_values(out, level);
    if (rectified) add_values(out, level);
  }

  void add_values(double channels, std::size_t level) {
    const double values = channels * pixels_ / std::pow(4.0, static_cast<double>(level));
    values_.kept += values;
    values_.largest = std::max(values_.largest, values);
  }

  const SpaceSettings& space_;
  const double image_channels_;
  const double pixels_;
  StepValues values_;
};

StepValues derived_values(const NetworkSettings& network, std::int64_t image_channels,
                          double pixels) {
  PyramidSum sum(network.space, image_channels, pixels);
  sum.add_trunk();
  std::size_t cell = 0;
  for (const char letter : network.architecture) {
    if (letter == '|') ++cell;
    const auto branches = sum.branches_of_cell(std::min(cell, sum.cells() - 1));
    if (letter == 'P') sum.add_parallel(branches);
    if (letter == 'F') sum.add_fusion(branches, branches, network.space.fusion_exchange);
  }
  return sum.sum();
}

/// An architecture that a search has yet to find: the mean of all-parallel and all-fusion.
StepValues expected_values(const NetworkSettings& network, std::int64_t image_channels,
                           double pixels) {
  std::string parallel;
  for (std::size_t cell = 1; cell < network.space.modules.size(); ++cell) {
    parallel += std::string(cell > 1, '|') +
                std::string(static_cast<std::size_t>(network.space.modules[cell]), 'P');
  }
  auto fixed = network;
  fixed.architecture = parallel;
  const auto first = derived_values(fixed, image_channels, pixels);
  std::replace(fixed.architecture.begin(), fixed.architecture.end(), 'P', 'F');
  const auto second = derived_values(fixed, image_channels, pixels);
  return {(first.kept + second.kept) / 2, std::max(first.largest, second.largest),
          (first.parameters + second.parameters) / 2};
}

}  // namespace

std::optional<StepValues> training_values(const NetworkSettings& network,
                                          std::int64_t image_channels, double pixels) {
  if (network.kind == "clearer") {
    return network.architecture.empty() ? expected_values(network, image_channels, pixels)
                                        : derived_values(network, image_channels, pixels);
  }
  if (network.kind != "network") return std::nullopt;
  const auto counted = catalogue::training_memory(network.method, image_channels, network.options);
  if (!counted) return std::nullopt;
  return StepValues{counted->kept_values_per_pixel * pixels,
                    counted->largest_values_per_pixel * pixels, counted->parameters};
}

StepValues supernet_values(const SpaceSettings& space, std::int64_t image_channels, double pixels,
                           bool whole) {
  PyramidSum sum(space, image_channels, pixels);
  PyramidSum modules(space, image_channels, pixels);
  sum.add_trunk();
  for (std::size_t cell = 0; cell < sum.cells(); ++cell) {
    const auto branches = sum.branches_of_cell(cell);
    for (std::int64_t i = 0; i < sum.modules_of_cell(cell); ++i) {
      modules.add_parallel(branches);
      modules.add_fusion(branches, branches, space.fusion_exchange);
      if (whole) modules.add_mixture(branches);
    }
  }
  auto values = sum.sum();
  // One path uses half of the candidates; the weights are all there.
  values.kept += modules.sum().kept * (whole ? 1.0 : 0.5);
  values.largest = std::max(values.largest, modules.sum().largest);
  values.parameters += modules.sum().parameters;
  return values;
}

}  // namespace bench::memory
