#pragma once

#include <vector>

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// What `profile` spends on a contestant: its blocks with the contestant's changes, which is how an
/// ablation is stated. Checks what only the merged values can tell: space, search and recipe must
/// fit each other.
/// \param contestant_block  of the file's contestants
/// \throws BadInput naming the value to change
ContestantBudget read_budget(const core::JsonReader& profile,
                             const core::JsonReader& contestant_block,
                             const std::vector<Task>& tasks, const Contestant& contestant);

}  // namespace bench::runner
