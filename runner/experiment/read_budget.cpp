#include "runner/experiment/read_budget.h"

#include <numeric>
#include <optional>

#include "runner/experiment/read_settings.h"

namespace bench::runner {
namespace {

// The blocks that say how something is trained, the strongest first.
using Blocks = std::vector<JsonReader>;

// Where a value comes from: the strongest block that names it, or else the weakest block, which
// could.
JsonReader origin_of(const Blocks& blocks, const std::string& key) {
  for (const auto& block : blocks) {
    if (block.has(key)) return block.at(key);
  }
  return blocks.back();
}

PlacedRecipe placed(const Blocks& blocks, const RecipeSettings& recipe) {
  const auto place = [&](const std::string& key) {
    const auto origin = origin_of(blocks, key);
    const bool named = origin.path().ends_with("." + key);
    return origin.place() + (named ? "" : "." + key);
  };
  return {recipe, place("batch"), place("patch")};
}

// The statistics of a normalisation need more than one value of each channel, also on the branch
// of the coarsest resolution.
void require_values_to_normalise(const Blocks& blocks, const SpaceSettings& space,
                                 const RecipeSettings& recipe) {
  if (space.normalisation == "none") return;
  const std::int64_t side = recipe.patch >> (space.branches - 1);
  const std::int64_t pictures = space.normalisation == "batch" ? recipe.batch : 1;
  if (pictures * side * side > 1) return;
  origin_of(blocks, "patch")
      .fail("patches whose coarsest resolution (1/" + std::to_string(1 << (space.branches - 1)) +
            " of " + std::to_string(recipe.patch) +
            " pixels) leaves more than one value a channel to normalise; take larger patches" +
            (space.normalisation == "batch" ? " or a larger batch" : ""));
}

void require_searchable(const JsonReader& profile, const JsonReader& contestant,
                        const ContestantBudget& budget) {
  const auto& modules = budget.space.modules;
  const auto searched = std::accumulate(modules.begin() + 1, modules.end(), std::int64_t{0});
  constexpr std::int64_t kMostEnumerated = 12;
  if (budget.search.strategy != "exhaustive" || searched <= kMostEnumerated) return;
  Blocks blocks;
  if (const auto own = contestant.find("search")) blocks.push_back(*own);
  blocks.push_back(profile.at("search"));
  origin_of(blocks, "strategy")
      .fail("another strategy for " + std::to_string(searched) +
            " searched modules: an exhaustive search takes at most 12 (4,096 architectures)");
}

// How a contestant is trained on one task: what the profile says for all, then for the task, then
// what the contestant says.
RecipeSettings read_task_recipe(const JsonReader& profile, const JsonReader& contestant,
                                const std::string& task, Blocks& blocks) {
  blocks = {profile.at("train")};
  if (const auto by_task = profile.find("train_by_task")) {
    if (const auto own = by_task->find(task)) blocks.insert(blocks.begin(), *own);
  }
  if (const auto own = contestant.find("train")) blocks.insert(blocks.begin(), *own);
  RecipeSettings recipe;
  for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
    recipe = read_recipe(*block, recipe);
  }
  return recipe;
}

void read_search_budget(const JsonReader& profile, const JsonReader& contestant,
                        ContestantBudget& budget) {
  Blocks blocks;
  budget.search = read_search(profile.at("search"), {});
  if (const auto own = contestant.find("search")) {
    budget.search = read_search(*own, budget.search);
    if (const auto weights = own->find("weights")) blocks.push_back(*weights);
  }
  blocks.push_back(profile.at("search").at("weights"));
  require_searchable(profile, contestant, budget);
  require_values_to_normalise(blocks, budget.space, budget.search.weights);
  budget.placed[""] = placed(blocks, budget.search.weights);
}

}  // namespace

ContestantBudget read_budget(const JsonReader& profile, const JsonReader& contestant_block,
                             const std::vector<Task>& tasks, const Contestant& contestant) {
  ContestantBudget budget;
  const bool searched = contestant.kind == ContestantKind::kSearched;
  const bool in_space = searched || contestant.kind == ContestantKind::kArchitecture;
  if (in_space) {
    budget.space = read_space(profile.at("space"), {});
    if (const auto own = contestant_block.find("space")) {
      budget.space = read_space(*own, budget.space);
    }
    if (budget.space.branches == 0) {
      budget.space.branches = static_cast<std::int64_t>(budget.space.channels.size());
    }
  }
  if (searched) read_search_budget(profile, contestant_block, budget);
  if (!is_trained(contestant) || !contestant.trained) return budget;
  for (const auto& task : tasks) {
    Blocks blocks;
    const auto recipe = read_task_recipe(profile, contestant_block, task.id, blocks);
    if (in_space) require_values_to_normalise(blocks, budget.space, recipe);
    budget.train[task.id] = recipe;
    budget.placed[task.id] = placed(blocks, recipe);
  }
  return budget;
}

}  // namespace bench::runner
