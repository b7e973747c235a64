#include "runner/experiment/read_parts.h"

#include <stdexcept>

#include "core/json/bad_input.h"
#include "runner/experiment/architecture_text.h"
#include "runner/experiment/catalogues.h"
#include "runner/experiment/experiment_schema.h"
#include "runner/experiment/ids_of.h"
#include "runner/experiment/read_settings.h"
#include "runner/launch/slurm_settings.h"

namespace bench::runner {
namespace {

void read_profile_data(const core::JsonReader& block, const Experiment& experiment,
                       Profile& profile) {
  const auto data = block.at("data");
  data.allow_only(ids_of(experiment.tasks));
  for (const auto& task : experiment.tasks) {
    const auto own = data.at(task.id);
    if (needs_training_images(experiment, task.id)) own.at("train");
    profile.data[task.id] = with_splits(own, task, read_task_data(own));
  }
}

// Blocks are checked also where no contestant uses them yet: a misspelt key must not wait there.
void check_shared_blocks(const core::JsonReader& block) {
  if (const auto space = block.find("space")) read_space(*space, {});
  if (const auto search = block.find("search")) read_search(*search, {});
  Recipe recipe{.steps = 1};
  if (const auto train = block.find("train")) recipe = read_recipe(*train, {});
  if (const auto by_task = block.find("train_by_task")) {
    for (const auto& [task, own] : by_task->members()) read_recipe(own, recipe);
  }
}

void read_launcher(const core::JsonReader& machine, Profile& profile) {
  if (const auto launcher = machine.find("launcher")) {
    profile.launcher = launcher->one_of({"local", "slurm"});
  }
  const auto slurm = machine.find("slurm");
  if (!slurm) return;
  for (const auto& [key, value] : slurm->members()) {
    try {
      add_slurm_setting(profile.slurm, key, value.text());
    } catch (const std::invalid_argument& error) {
      throw core::BadInput(value.place() + ": " + error.what());
    }
  }
}

}  // namespace

Profile read_profile(const std::string& name, const core::JsonReader& block,
                     const core::JsonReader& root, const Experiment& experiment) {
  Profile profile{.name = name};
  profile_table().read(block, profile);
  if (const auto by_task = block.find("train_by_task")) {
    by_task->allow_only(ids_of(experiment.tasks));
  }
  check_shared_blocks(block);
  read_profile_data(block, experiment, profile);
  const auto contestants = root.at("contestants").elements();
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    const auto& contestant = experiment.contestants[i];
    const auto budget = read_budget(block, contestants[i], experiment.tasks, contestant);
    if (contestant.kind == ContestantKind::kArchitecture) {
      check_architecture(contestants[i].at("architecture"), budget.space);
    }
    profile.contestants[contestant.id] = budget;
  }
  if (const auto machine = block.find("machine")) {
    profile.machine = read_machine(*machine, {});
    read_launcher(*machine, profile);
  }
  if (const auto cost = block.find("cost")) profile.cost = read_cost(*cost);
  return profile;
}

}  // namespace bench::runner
