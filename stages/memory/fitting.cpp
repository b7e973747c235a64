#include "stages/memory/fitting.h"

#include "stages/memory/estimate.h"

namespace bench::memory {
namespace {

using exchange::SearchStage;
using exchange::TrainStage;

constexpr std::int64_t kPatchStep = 8;

template <typename Stage>
std::optional<Fitting> fitting_of(Stage stage, training::Recipe& recipe, std::int64_t data_bytes,
                                  std::int64_t bytes) {
  const auto try_it = [&]() -> std::optional<Fitting> {
    const auto needed = estimated_bytes(stage, data_bytes);
    if (!needed || *needed > bytes) return std::nullopt;
    return Fitting{recipe.batch, recipe.patch, *needed};
  };
  // The estimate grows with the batch: halving the interval finds the largest that fits.
  std::int64_t fits = 0, too_large = recipe.batch;
  while (too_large - fits > 1) {
    recipe.batch = (fits + too_large) / 2;
    (try_it() ? fits : too_large) = recipe.batch;
  }
  recipe.batch = std::max<std::int64_t>(1, fits);
  if (fits > 0) return try_it();
  while (recipe.patch > kPatchStep) {
    recipe.patch -= kPatchStep;
    if (const auto found = try_it()) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fitting> fitting(const std::string& kind, const std::string& settings_json,
                               std::int64_t data_bytes, std::int64_t bytes) {
  if (kind == "train") {
    auto stage = exchange::parse_train_stage(settings_json);
    return fitting_of<TrainStage&>(stage, stage.recipe, data_bytes, bytes);
  }
  if (kind == "search") {
    auto stage = exchange::parse_search_stage(settings_json);
    return fitting_of<SearchStage&>(stage, stage.search.weights, data_bytes, bytes);
  }
  return std::nullopt;
}

}  // namespace bench::memory
