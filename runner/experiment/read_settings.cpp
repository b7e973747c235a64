#include "runner/experiment/read_settings.h"

#include <cmath>

#include "stages/exchange/tables.h"

namespace bench::runner {
namespace {

DataSelection read_selection(const core::JsonReader& block) {
  DataSelection selection;
  exchange::selection_table().read(block, selection);
  return selection;
}

// Without "branches" every channel count has a cell of its own; with it, finer choices are
// possible.
void check_branches(const core::JsonReader& block, const SearchSpace& space) {
  if (space.branches == 0) {
    if (space.modules.size() == space.channels.size()) return;
    block.fail(
        "as many \"modules\" (stem, then one cell per further resolution) as \"channels\", or "
        "\"branches\"");
  }
  const auto branches = static_cast<std::size_t>(space.branches);
  const core::JsonReader origin = block.has("branches") ? block.at("branches") : block;
  if (branches > space.channels.size()) {
    origin.fail("at most as many branches as \"channels\" has entries, " +
                std::to_string(space.channels.size()) + " for " + std::to_string(branches));
  }
  if (branches > space.modules.size()) {
    origin.fail("a cell for each branch but the first: \"modules\" has " +
                std::to_string(space.modules.size() - 1) + " cells for " +
                std::to_string(branches) + " branches");
  }
}

void check_rates(const core::JsonReader& block, const training::Schedule& schedule,
                 const std::string& key) {
  if (schedule.learning_rate_min <= schedule.learning_rate) return;
  const std::string least_key = key + "_min";
  const core::JsonReader origin = block.has(least_key) ? block.at(least_key)
                                  : block.has(key)     ? block.at(key)
                                                       : block;
  origin.fail("\"" + least_key + "\" not above \"" + key + "\"");
}

// Each key is right by itself, the two together are not.
void check_search(const core::JsonReader& block, const SearchOptions& search) {
  const auto refuse = [&](const char* key, const std::string& expected) {
    (block.has(key) ? block.at(key) : block).fail(expected);
  };
  using clearer::StrategyKind;
  const bool candidates = scores_candidates(search.strategy);
  const auto steps = static_cast<double>(search.weights.steps);
  if (!candidates && std::llround(search.warm_up_fraction * steps) >= search.weights.steps) {
    refuse("warm_up_fraction", "a fraction that leaves at least one step for the architecture");
  }
  check_rates(block, search.architecture_schedule, "architecture_learning_rate");
  if (search.strategy != StrategyKind::kClearer && block.has("architecture_batch_norm") &&
      search.architecture_batch_norm == clearer::ArchitectureBatchNorm::kEvaluation) {
    refuse("architecture_batch_norm",
           "\"train\", because only the strategy \"clearer\" has a step in evaluation mode");
  }
  if (search.strategy != StrategyKind::kDartsSecondOrder && block.has("second_order_radius")) {
    refuse(
        "second_order_radius",
        "the strategy \"darts-second-order\", because no other strategy uses a central difference");
  }
  if (!candidates && block.has("shared_weights") && !search.shared_weights) {
    refuse("shared_weights",
           "true, or a strategy that scores candidates (random, evolution, "
           "exhaustive)");
  }
  if (search.tournament > search.population) {
    refuse("tournament",
           "a tournament no larger than the population, " + std::to_string(search.population));
  }
  if (search.strategy == StrategyKind::kEvolution && search.population > search.candidates) {
    refuse("population", "a population no larger than the number of candidates, " +
                             std::to_string(search.candidates));
  }
  if (search.strategy == StrategyKind::kJoint &&
      search.architecture_data != clearer::ArchitectureData::kTrainingHalf) {
    refuse("architecture_data",
           "\"training-half\", because a joint search uses one batch for weights and architecture");
  }
}

void check_recipe(const core::JsonReader& block, const Recipe& recipe) {
  const auto& schedule = recipe.schedule;
  if (recipe.steps == 0) block.fail("\"steps\", the number of weight updates");
  if (schedule.kind == training::ScheduleKind::kMilestones && schedule.milestones.empty()) {
    block.fail("\"milestones\" for the schedule \"milestones\"");
  }
  check_rates(block, schedule, "learning_rate");
  if (schedule.kind == training::ScheduleKind::kExponential && schedule.learning_rate_min == 0) {
    (block.has("learning_rate_min") ? block.at("learning_rate_min") : block)
        .fail("a \"learning_rate_min\" above 0 for the exponential schedule");
  }
}

}  // namespace

SearchSpace read_space(const core::JsonReader& block, SearchSpace space) {
  exchange::space_table().read(block, space);
  check_branches(block, space);
  return space;
}

Recipe read_recipe(const core::JsonReader& block, Recipe recipe,
                   const std::vector<std::string>& more) {
  exchange::recipe_table().read(block, recipe, more);
  check_recipe(block, recipe);
  return recipe;
}

SearchOptions read_search(const core::JsonReader& block, SearchOptions search) {
  exchange::search_table().read(block, search);
  if (const auto weights = block.find("weights")) check_recipe(*weights, search.weights);
  if (search.weights.steps == 0) block.fail("\"weights\" with \"steps\"");
  check_search(block, search);
  return search;
}

Machine read_machine(const core::JsonReader& block, Machine machine) {
  exchange::machine_table().read(block, machine);
  return machine;
}

CostConditions read_cost(const core::JsonReader& block) {
  CostConditions cost;
  exchange::cost_table().read(block, cost);
  return cost;
}

Degradation read_degradation(const core::JsonReader& block) {
  const std::string kind = block.at("kind").one_of({"gaussian", "rain"});
  Degradation degradation{.kind = kind};
  if (kind == "rain") {
    block.allow_only({"kind"});
    degradation.noise = "none";
  } else {
    exchange::gaussian_table().read(block, degradation);
  }
  return degradation;
}

TaskData read_task_data(const core::JsonReader& block) {
  block.allow_only({"train", "test", "note"});
  TaskData data;
  if (const auto train = block.find("train")) data.train = read_selection(*train);
  for (const auto& element : block.at("test").elements()) {
    data.test.push_back(read_selection(element));
  }
  if (data.test.empty()) block.at("test").fail("at least one test set");
  if (const auto note = block.find("note")) data.note = note->text();
  return data;
}

}  // namespace bench::runner
