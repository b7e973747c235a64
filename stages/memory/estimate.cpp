#include "stages/memory/estimate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "stages/memory/step_values.h"

namespace bench::memory {
namespace {

using namespace exchange;

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

Copies copies_of(const RecipeSettings& recipe) {
  const double moments = recipe.optimizer == "sgd" ? 1 : 2;
  return {2 + moments, 2 * (1 + moments)};
}

double step_bytes(const StepValues& values, const Machine& machine) {
  const bool half = machine.precision == "bf16";
  const double activations = kKeptOverhead * values.kept + kLargestInFlight * values.largest;
  const double casts = half ? kBytesPerHalfValue * values.parameters : 0;
  return activations * (half ? kBytesPerHalfValue : kBytesPerValue) + casts;
}

std::int64_t peak(const StepValues& values, const Machine& machine, const Copies& copies,
                  std::int64_t data_bytes) {
  const double weights = kBytesPerValue * values.parameters;
  const double process =
      machine.device == "cpu" ? kProcessBytes + static_cast<double>(data_bytes) : 0.0;
  const double on_top = std::max(step_bytes(values, machine), copies.checkpoint * weights);
  return static_cast<std::int64_t>(process + copies.always * weights + on_top);
}

double pixels_of(const RecipeSettings& recipe) {
  return static_cast<double>(recipe.batch * recipe.patch * recipe.patch);
}

bool is_of_the_space(const std::string& strategy) {
  for (const char* known : {"clearer", "darts-first-order", "darts-second-order", "joint", "random",
                            "evolution", "exhaustive"}) {
    if (strategy == known) return true;
  }
  return false;
}

bool scores_candidates(const std::string& strategy) {
  return strategy == "random" || strategy == "evolution" || strategy == "exhaustive";
}

}  // namespace

std::optional<std::int64_t> estimated_bytes(const TrainStage& stage, std::int64_t data_bytes) {
  const auto values = training_values(stage.network, stage.task.channels, pixels_of(stage.recipe));
  if (!values) return std::nullopt;
  return peak(*values, stage.machine, copies_of(stage.recipe), data_bytes);
}

std::optional<std::int64_t> estimated_bytes(const SearchStage& stage, std::int64_t data_bytes) {
  const auto& search = stage.search;
  if (!stage.method.empty() || !is_of_the_space(search.strategy)) return std::nullopt;
  const bool candidates = scores_candidates(search.strategy);
  const auto values = supernet_values(stage.space, stage.task.channels, pixels_of(search.weights),
                                      /*whole=*/!candidates);
  auto copies = copies_of(search.weights);
  // The weights as they were and the two directions of the unrolled step.
  if (search.strategy == "darts-second-order") copies.always += 3;
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
