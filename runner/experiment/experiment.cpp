#include "runner/experiment/experiment.h"

#include <algorithm>
#include <stdexcept>

#include "core/json/bad_input.h"

namespace bench::runner {

std::string to_string(ContestantKind kind) {
  switch (kind) {
    case ContestantKind::kDegraded:
      return "degraded";
    case ContestantKind::kSearched:
      return "searched";
    case ContestantKind::kArchitecture:
      return "architecture";
    case ContestantKind::kNetwork:
      return "network";
    case ContestantKind::kClassical:
      return "classical";
  }
  return "";
}

const Profile& profile_of(const Experiment& experiment, const std::string& name) {
  const auto found = experiment.profiles.find(name);
  if (found != experiment.profiles.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, profile] : experiment.profiles) names.push_back(known);
  throw core::BadInput("--profile: expected " + core::listed(names) + ", found \"" + name + "\"" +
                       core::did_you_mean(name, names));
}

const Task& task_of(const Experiment& experiment, const std::string& id) {
  for (const auto& task : experiment.tasks) {
    if (task.id == id) return task;
  }
  throw std::logic_error("no task " + id);
}

bool takes_part(const Contestant& contestant, const std::string& task) {
  return contestant.tasks.empty() || std::find(contestant.tasks.begin(), contestant.tasks.end(),
                                               task) != contestant.tasks.end();
}

bool is_trained(const Contestant& contestant) {
  return contestant.kind != ContestantKind::kDegraded &&
         contestant.kind != ContestantKind::kClassical && contestant.weights.empty();
}

bool needs_training_images(const Experiment& experiment, const std::string& task) {
  return std::any_of(experiment.contestants.begin(), experiment.contestants.end(),
                     [&](const auto& contestant) {
                       return contestant.search_task == task ||
                              (is_trained(contestant) && takes_part(contestant, task));
                     });
}

}  // namespace bench::runner
