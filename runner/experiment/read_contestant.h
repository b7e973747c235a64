#pragma once

#include <filesystem>
#include <vector>

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// Reads an element of "contestants"; its budgets are a profile's business (read_budget.h).
/// \param tasks  of the experiment
/// \param file   the experiment's: recipes are named relative to it
/// \throws BadInput
Contestant read_contestant(const core::JsonReader& block, const std::vector<Task>& tasks,
                           const std::filesystem::path& file);

}  // namespace bench::runner
