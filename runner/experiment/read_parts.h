#pragma once

#include <filesystem>
#include <string>
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

/// What the experiment asks, with its defaults filled in: all tasks that the contestants share,
/// and the leading protocol.
/// \param experiment  with its tasks, contestants and protocols
/// \throws BadInput for a key that the kind has no use for, an id that does not exist, a contestant
///         compared with itself, or contestants without a task in common.
std::vector<Ask> read_asks(const core::JsonReader& block, const Experiment& experiment);

/// The claims of an experiment file: its own, each with what its kind is judged by, and those that
/// it refers to by file and id. Each needs an id that no other has.
/// \param experiment  with its tasks, contestants and protocols, which the claims name.
/// \throws BadInput
std::vector<Claim> read_claims(const core::JsonReader& block, const Experiment& experiment);

/// Reads an element of "contestants"; its budgets are a profile's business (read_budget).
/// \param tasks  of the experiment
/// \param file   the experiment's: recipes are named relative to it
/// \throws BadInput
Contestant read_contestant(const core::JsonReader& block, const std::vector<Task>& tasks,
                           const std::filesystem::path& file);

/// Reads a member of "profiles".
/// \param root        the file: what contestants say of their budgets stands there
/// \param experiment  with its tasks and contestants, in the order of the file
/// \throws BadInput
Profile read_profile(const std::string& name, const core::JsonReader& block,
                     const core::JsonReader& root, const Experiment& experiment);

}  // namespace bench::runner
