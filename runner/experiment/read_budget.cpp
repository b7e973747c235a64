#include "runner/experiment/read_parts.h"

#include <algorithm>
#include <optional>

#include "baselines/catalogue/size.h"
#include "core/json/bad_input.h"
#include "runner/experiment/read_settings.h"

namespace bench::runner {
namespace {

// The blocks that say how something is trained, the strongest first.
using Blocks = std::vector<core::JsonReader>;

// Where a value comes from: the strongest block that names it, or else the weakest block, which
// could.
core::JsonReader origin_of(const Blocks& blocks, const std::string& key) {
  for (const auto& block : blocks) {
    if (block.has(key)) return block.at(key);
  }
  return blocks.back();
}

PlacedRecipe placed(const Blocks& blocks, const Recipe& recipe) {
  const auto place = [&](const std::string& key) {
    const auto origin = origin_of(blocks, key);
    const bool named = origin.path().ends_with("." + key);
    return origin.place() + (named ? "" : "." + key);
  };
  return {recipe, place("batch"), place("patch")};
}

// The statistics of a normalization need more than one value of each channel, also on the branch
// of the coarsest resolution.
void require_values_to_normalize(const Blocks& blocks, const SearchSpace& space,
                                 const Recipe& recipe) {
  if (space.normalization == clearer::Normalization::kNone) return;
  const std::int64_t multiple = std::int64_t{1} << (most_branches(space) - 1);
  const std::int64_t side = recipe.patch / multiple;
  const std::int64_t images =
      space.normalization == clearer::Normalization::kBatch ? recipe.batch : 1;
  if (images * side * side > 1) return;
  origin_of(blocks, "patch")
      .fail("patches whose coarsest resolution (1/" + std::to_string(multiple) + " of " +
            std::to_string(recipe.patch) +
            " pixels) has more than one value per channel to normalize (use larger patches" +
            (space.normalization == clearer::Normalization::kBatch ? " or a larger batch)" : ")"));
}

void require_searchable(const core::JsonReader& profile, const core::JsonReader& contestant,
                        const ContestantBudget& budget) {
  const auto searched = searched_positions(budget.space);
  if (budget.search.strategy != clearer::StrategyKind::kExhaustive ||
      searched <= clearer::kMostExhaustiveModules) {
    return;
  }
  Blocks blocks;
  if (const auto own = contestant.find("search")) blocks.push_back(*own);
  blocks.push_back(profile.at("search"));
  origin_of(blocks, "strategy")
      .fail("another strategy for " + std::to_string(searched) +
            " searched modules, because an exhaustive search allows at most 12 (4,096 "
            "architectures)");
}

// How a contestant is trained on one task: by its own recipe file, or what the profile says for
// all, then for the task; then what the contestant says.
Recipe read_task_recipe(const core::JsonReader& profile, const core::JsonReader& contestant_block,
                        const Contestant& contestant, const std::string& task, Blocks& blocks) {
  const bool own_file = !contestant.recipe.path.empty();
  if (!own_file) {
    blocks = {profile.at("train")};
    if (const auto by_task = profile.find("train_by_task")) {
      if (const auto own = by_task->find(task)) blocks.insert(blocks.begin(), *own);
    }
  }
  if (const auto own = contestant_block.find("train")) blocks.insert(blocks.begin(), *own);
  Recipe recipe = contestant.recipe.settings;
  for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
    recipe = read_recipe(*block, recipe);
  }
  // What the file says is changed in the contestant's train.
  if (own_file) blocks.push_back(contestant_block);
  return recipe;
}

void require_patch(const Blocks& blocks, std::int64_t patch, std::int64_t multiple) {
  if (patch % multiple == 0) return;
  origin_of(blocks, "patch")
      .fail("a \"patch\" divisible by " + std::to_string(multiple) + " for this network, not " +
            std::to_string(patch));
}

// What is CLEARER's alone is set aside, so that changing it searches no cells again.
void keep_what_cells_have(const core::JsonReader& profile, const core::JsonReader& contestant,
                          SearchOptions& search) {
  if (scores_candidates(search.strategy)) {
    std::vector<std::string> by_gradients;
    for (const auto& [strategy, name] : choices_of(search.strategy)) {
      if (!scores_candidates(strategy)) by_gradients.emplace_back(name);
    }
    Blocks blocks;
    if (const auto own = contestant.find("search")) blocks.push_back(*own);
    blocks.push_back(profile.at("search"));
    origin_of(blocks, "strategy")
        .fail("a gradient-based strategy for cells: " + core::listed(by_gradients));
  }
  const SearchOptions defaults;
  search.semantics = defaults.semantics;
  search.losses = defaults.losses;
  search.complexity_cost = defaults.complexity_cost;
  search.candidates = defaults.candidates;
  search.population = defaults.population;
  search.tournament = defaults.tournament;
}

// Halved once for each further resolution.
std::int64_t patch_multiple(const Contestant& contestant, const SearchSpace& space) {
  if (contestant.method.empty()) return std::int64_t{1} << (most_branches(space) - 1);
  return catalogue::side_multiple_of(contestant.method);
}

void read_search_budget(const core::JsonReader& profile, const core::JsonReader& contestant,
                        const Contestant& who, ContestantBudget& budget) {
  Blocks blocks;
  budget.search = read_search(profile.at("search"), {});
  if (const auto own = contestant.find("search")) {
    budget.search = read_search(*own, budget.search);
    if (const auto weights = own->find("weights")) blocks.push_back(*weights);
  }
  blocks.push_back(profile.at("search").at("weights"));
  require_patch(blocks, budget.search.weights.patch, patch_multiple(who, budget.space));
  if (who.method.empty()) {
    require_searchable(profile, contestant, budget);
    require_values_to_normalize(blocks, budget.space, budget.search.weights);
  } else {
    keep_what_cells_have(profile, contestant, budget.search);
  }
  budget.placed[""] = placed(blocks, budget.search.weights);
}

}  // namespace

ContestantBudget read_budget(const core::JsonReader& profile,
                             const core::JsonReader& contestant_block,
                             const std::vector<Task>& tasks, const Contestant& contestant) {
  ContestantBudget budget;
  const bool searched = contestant.kind == ContestantKind::kSearched;
  const bool in_space =
      (searched && contestant.method.empty()) || contestant.kind == ContestantKind::kArchitecture;
  if (in_space) {
    budget.space = read_space(profile.at("space"), {});
    if (const auto own = contestant_block.find("space")) {
      budget.space = read_space(*own, budget.space);
    }
    budget.space.branches = most_branches(budget.space);
  }
  if (searched) read_search_budget(profile, contestant_block, contestant, budget);
  if (!is_trained(contestant) || !contestant.trained) return budget;
  for (const auto& task : tasks) {
    Blocks blocks;
    const auto recipe = read_task_recipe(profile, contestant_block, contestant, task.id, blocks);
    require_patch(blocks, recipe.patch, patch_multiple(contestant, budget.space));
    if (in_space) require_values_to_normalize(blocks, budget.space, recipe);
    budget.train[task.id] = recipe;
    budget.placed[task.id] = placed(blocks, recipe);
  }
  return budget;
}

}  // namespace bench::runner
