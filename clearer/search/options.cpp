#include "clearer/search/options.h"

#include <sstream>
#include <stdexcept>

namespace bench::clearer {
namespace {

template <typename Number>
void require(bool holds, const char* name, Number found, const std::string& expected) {
  if (holds) return;
  std::ostringstream message;
  message << "search: " << name << " is " << found << ", expected " << expected;
  throw std::invalid_argument(message.str());
}

}  // namespace

void validate(const SearchOptions& options) {
  training::validate(options.weight_optimizer);
  training::validate(options.weight_schedule);
  training::validate(options.architecture_optimizer);
  training::validate(options.architecture_schedule);
  require(options.epochs >= 1, "epochs", options.epochs, "1 or more");
  require(options.steps_per_epoch >= 1, "steps_per_epoch", options.steps_per_epoch, "1 or more");
  require(options.image_budget >= 0, "image_budget", options.image_budget, "0 (none) or more");
  require(options.warmup_fraction >= 0 && options.warmup_fraction < 1, "warmup_fraction",
          options.warmup_fraction, "[0, 1)");
  require(options.weight_steps_per_architecture_step >= 1, "weight_steps_per_architecture_step",
          options.weight_steps_per_architecture_step, "1 or more");
  require(options.gradient_norm_limit >= 0, "gradient_norm_limit", options.gradient_norm_limit,
          "0 (no limit) or more");
  require(options.second_order_radius > 0, "second_order_radius", options.second_order_radius,
          "more than 0");
  require(options.candidates >= 1, "candidates", options.candidates, "1 or more");
  require(options.population >= 1, "population", options.population, "1 or more");
  require(options.tournament >= 1 && options.tournament <= options.population, "tournament",
          options.tournament, "1 to population (" + std::to_string(options.population) + ")");
}

void validate(const SearchOptions& options, const SearchSpace& space) {
  validate(space);
  validate(options);
  const auto positions = searched_positions(space);
  require(options.costs.empty() || static_cast<std::int64_t>(options.costs.size()) == positions,
          "number of costs", options.costs.size(), std::to_string(positions) + " or none");
  require(options.strategy != StrategyKind::kExhaustive || positions <= 12,
          "number of searched modules", positions, "12 or fewer for an exhaustive search");
}

}  // namespace bench::clearer
