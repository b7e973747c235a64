#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runner/experiment/experiment.h"

namespace bench::runner {

/// Another stage of the plan that this one needs.
struct PlannedInput {
  std::string role;   ///< "data", "model" or "search"
  std::size_t stage;  ///< its index, smaller than the own one
};

/// One stage before it is known whether the store already holds it.
///
/// An input with the role "search" is not read by the stage: its fact "architecture" becomes
/// `network.architecture` of the settings. So two searches that find the same architecture share
/// one training, and the key of a training does not depend on how its architecture was found.
struct PlannedStage {
  std::string kind;
  std::string name;  ///< for people, unique in the plan
  std::string settings_json;
  std::vector<PlannedInput> inputs;
  std::string contestant;  ///< "" for prepare
  std::string task;
  std::uint64_t seed = 0;  ///< 0: depends on no seed
  std::int64_t threads = 1;
  bool alone = false;            ///< must run with nothing beside it: its time is measured
  double estimated_seconds = 0;  ///< one thread of the reference machine (docs/design.md)
  std::optional<std::int64_t> estimated_bytes = {};  ///< peak memory, see estimate_memory.h
  // Parts of the key that the experiment does not say, see KeyParts.
  std::string data_digest = {};
  std::string program_digest = {};
};

/// The stages of one run, each after what it needs.
struct Plan {
  std::vector<PlannedStage> stages;
};

/// What `experiment` needs under `profile`. \pre both come from read_experiment.
Plan make_plan(const Experiment& experiment, const Profile& profile,
               const std::vector<std::uint64_t>& seeds);

/// The stages that each stage waits for, directly: plan.stages[i].inputs as indices.
std::vector<std::size_t> needed_by(const PlannedStage& stage);

}  // namespace bench::runner
