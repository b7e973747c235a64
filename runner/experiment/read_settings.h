#pragma once

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

/// Readers of the blocks of an experiment file. Each takes the values that hold where the file is
/// silent and returns them with what the file says; keys, types and ranges are checked.
namespace bench::runner {

SearchSpace read_space(const core::JsonReader& block, SearchSpace space);
/// \param more  further keys that the block may have; they are not read
Recipe read_recipe(const core::JsonReader& block, Recipe recipe,
                   const std::vector<std::string>& more = {});
SearchOptions read_search(const core::JsonReader& block, SearchOptions search);
Machine read_machine(const core::JsonReader& block, Machine machine);
CostConditions read_cost(const core::JsonReader& block);
Degradation read_degradation(const core::JsonReader& block);
TaskData read_task_data(const core::JsonReader& block);

}  // namespace bench::runner
