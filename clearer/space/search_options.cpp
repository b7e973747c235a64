#include "clearer/space/search_options.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>

namespace bench::clearer {
namespace {

template <typename Number>
void require_option(bool holds, const char* name, Number found, const std::string& expected) {
  if (holds) return;
  std::ostringstream message;
  message << "search: " << name << " is " << found << ", expected " << expected;
  throw std::invalid_argument(message.str());
}

}  // namespace

std::int64_t steps_per_epoch(const SearchOptions& options) {
  const std::int64_t steps = options.weights.steps;
  std::int64_t between = std::max<std::int64_t>(1, steps / options.epochs);
  while (steps % between != 0) --between;
  return between;
}

void validate(const SearchOptions& options) {
  training::validate(options.weights);
  training::validate(options.architecture_optimizer);
  training::validate(options.architecture_schedule);
  require_option(options.weights.steps >= 1, "weights.steps", options.weights.steps, "1 or more");
  require_option(options.epochs >= 1, "epochs", options.epochs, "1 or more");
  require_option(options.image_budget >= 0, "image_budget", options.image_budget,
                 "0 (none) or more");
  require_option(options.warm_up_fraction >= 0 && options.warm_up_fraction < 1, "warm_up_fraction",
                 options.warm_up_fraction, "[0, 1)");
  require_option(options.weight_steps_per_architecture_step >= 1,
                 "weight_steps_per_architecture_step", options.weight_steps_per_architecture_step,
                 "1 or more");
  require_option(options.second_order_radius > 0, "second_order_radius",
                 options.second_order_radius, "more than 0");
  require_option(options.candidates >= 1, "candidates", options.candidates, "1 or more");
  require_option(options.population >= 1, "population", options.population, "1 or more");
  require_option(options.tournament >= 1 && options.tournament <= options.population, "tournament",
                 options.tournament,
                 "1 to population (" + std::to_string(options.population) + ")");
}

void validate(const SearchOptions& options, const SearchSpace& space) {
  validate(space);
  validate(options);
  const auto positions = searched_positions(space);
  require_option(
      options.costs.empty() || static_cast<std::int64_t>(options.costs.size()) == positions,
      "number of costs", options.costs.size(), std::to_string(positions) + " or none");
  require_option(
      options.strategy != StrategyKind::kExhaustive || positions <= kMostExhaustiveModules,
      "number of searched modules", positions, "12 or fewer for an exhaustive search");
}

}  // namespace bench::clearer
