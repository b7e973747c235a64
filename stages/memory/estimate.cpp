#include "stages/memory/estimate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "baselines/catalogue/training_memory.h"
#include "clearer/space/step_values.h"

namespace bench::memory {
namespace {

using namespace exchange;
using clearer::StepValues;
using training::Recipe;

// Measured on 40 trainings and searches of CLEARER's space: see docs/memory.md.
constexpr double kProcessBytes = 130e6;   // LibTorch, its kernels, the program
constexpr double kKeptOverhead = 1.2;     // of the allocator, on what is kept
constexpr double kLargestInFlight = 4.5;  // gradients and scratch: so many of the largest tensor
constexpr double kBytesPerValue = 4;      // float32
constexpr double kBytesPerHalfValue = 2;  // bfloat16

struct Copies {
  double always;      ///< of the weights: themselves, gradients, moments of the optimizer
  double checkpoint;  ///< more while a checkpoint is written: state, and its bytes in file order
};

Copies copies_of(const Recipe& recipe) {
  const double moments = recipe.optimizer.kind == training::OptimizerKind::kSgd ? 1 : 2;
  return {2 + moments, 2 * (1 + moments)};
}

double step_bytes(const StepValues& values, const Machine& machine) {
  const bool half = machine.precision == training::Precision::kBfloat16;
  const double activations = kKeptOverhead * values.kept + kLargestInFlight * values.largest;
  const double casts = half ? kBytesPerHalfValue * values.parameters : 0;
  return activations * (half ? kBytesPerHalfValue : kBytesPerValue) + casts;
}

std::int64_t peak(const StepValues& values, const Machine& machine, const Copies& copies,
                  std::int64_t data_bytes) {
  const double weights = kBytesPerValue * values.parameters;
  const double process =
      machine.device == Device::kCpu ? kProcessBytes + static_cast<double>(data_bytes) : 0.0;
  const double on_top = std::max(step_bytes(values, machine), copies.checkpoint * weights);
  return static_cast<std::int64_t>(process + copies.always * weights + on_top);
}

double pixels_of(const Recipe& recipe) {
  return static_cast<double>(recipe.batch * recipe.patch * recipe.patch);
}

/// \returns nothing for a method whose kept activations nobody has counted
std::optional<StepValues> values_of(const NetworkSettings& network, std::int64_t image_channels,
                                    double pixels) {
  if (network.kind == "clearer") {
    std::optional<clearer::Architecture> architecture;
    if (!network.architecture.empty()) {
      architecture = clearer::parse_architecture(network.architecture);
    }
    return clearer::training_values(with_image_channels(network.space, image_channels),
                                    architecture, pixels);
  }
  if (network.kind != "network") return std::nullopt;
  const auto counted = catalogue::training_memory(network.method, image_channels, network.options);
  if (!counted) return std::nullopt;
  return StepValues{counted->kept_values_per_pixel * pixels,
                    counted->largest_values_per_pixel * pixels, counted->parameters};
}

}  // namespace

std::optional<std::int64_t> estimated_bytes(const TrainStage& stage, std::int64_t data_bytes) {
  const auto values = values_of(stage.network, stage.task.channels, pixels_of(stage.recipe));
  if (!values) return std::nullopt;
  return peak(*values, stage.machine, copies_of(stage.recipe), data_bytes);
}

std::optional<std::int64_t> estimated_bytes(const SearchStage& stage, std::int64_t data_bytes) {
  const auto& search = stage.search;
  if (!stage.method.empty()) return std::nullopt;
  const bool candidates = scores_candidates(search.strategy);
  const auto values =
      clearer::supernet_values(with_image_channels(stage.space, stage.task.channels),
                               pixels_of(search.weights), /*whole=*/!candidates);
  auto copies = copies_of(search.weights);
  // The weights as they were and the two directions of the unrolled step.
  if (search.strategy == clearer::StrategyKind::kDartsSecondOrder) copies.always += 3;
  return peak(values, stage.machine, copies, (candidates ? 2 : 1) * data_bytes);
}

std::optional<std::int64_t> estimated_bytes(const std::string& kind,
                                            const std::string& settings_json,
                                            std::int64_t data_bytes) {
  if (kind == "train") return estimated_bytes(parse_train_stage(settings_json), data_bytes);
  if (kind == "search") return estimated_bytes(parse_search_stage(settings_json), data_bytes);
  return std::nullopt;
}

}  // namespace bench::memory
