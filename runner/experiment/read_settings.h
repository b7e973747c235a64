#pragma once

#include "runner/experiment/experiment.h"
#include "runner/experiment/json_reader.h"

/// Readers of the blocks of an experiment file. Each takes the values that hold where the file is
/// silent and returns them with what the file says; keys, types and ranges are checked.
namespace bench::runner {

SpaceSettings read_space(const JsonReader& block, SpaceSettings space);
/// The keys of a recipe.
const std::vector<std::string>& recipe_keys();
/// \param more  further keys that the block may have; they are not read
RecipeSettings read_recipe(const JsonReader& block, RecipeSettings recipe,
                           const std::vector<std::string>& more = {});
SearchSettings read_search(const JsonReader& block, SearchSettings search);
Machine read_machine(const JsonReader& block, Machine machine);
Degradation read_degradation(const JsonReader& block);
TaskData read_task_data(const JsonReader& block);

}  // namespace bench::runner
