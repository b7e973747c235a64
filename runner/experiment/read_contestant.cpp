#include "runner/experiment/read_parts.h"

#include <algorithm>

#include "runner/experiment/catalogues.h"
#include "runner/experiment/each_once.h"
#include "runner/experiment/ids_of.h"
#include "runner/experiment/recipe_file.h"
#include "runner/experiment/weights.h"

namespace bench::runner {
namespace {

ContestantKind read_kind(const core::JsonReader& value) {
  const std::string kind =
      value.one_of({"degraded", "searched", "architecture", "network", "classical"});
  if (kind == "degraded") return ContestantKind::kDegraded;
  if (kind == "searched") return ContestantKind::kSearched;
  if (kind == "architecture") return ContestantKind::kArchitecture;
  if (kind == "network") return ContestantKind::kNetwork;
  return ContestantKind::kClassical;
}

std::vector<std::string> keys_of(ContestantKind kind) {
  switch (kind) {
    case ContestantKind::kDegraded:
      return {};
    case ContestantKind::kSearched:
      return {"searched_on", "method", "options", "trained", "space", "search", "recipe", "train"};
    case ContestantKind::kArchitecture:
      return {"architecture", "space", "weights", "weights_key", "recipe", "train"};
    case ContestantKind::kNetwork:
      return {"method", "options", "weights", "weights_key", "recipe", "train"};
    case ContestantKind::kClassical:
      return {"method"};
  }
  return {};
}

std::string read_task_id(const core::JsonReader& value, const std::vector<Task>& tasks) {
  const auto known = ids_of(tasks);
  const std::string id = value.text();
  if (std::find(known.begin(), known.end(), id) == known.end()) {
    value.fail_unknown("a task of this experiment", known);
  }
  return id;
}

// Without a method, it is CLEARER's space that is searched.
void read_searched(const core::JsonReader& block, const std::vector<Task>& tasks,
                   Contestant& contestant) {
  contestant.search_task = read_task_id(block.at("searched_on"), tasks);
  const auto method = block.find("method");
  if (!method) {
    if (const auto options = block.find("options")) options->fail("a \"method\" that has options");
    return;
  }
  std::vector<std::string> names;
  for (const auto& known : searched_methods()) {
    names.push_back(known.name);
    if (known.name == method->text()) contestant.method = known.row;
  }
  if (contestant.method.empty()) method->fail_unknown("a searched method", names);
  if (const auto space = block.find("space")) {
    space->fail("no \"space\" with a \"method\" (use \"options\" for the sizes of a method)");
  }
  if (const auto options = block.find("options")) {
    contestant.options = read_sizes(*options, contestant.method);
  }
}

void read_method(const core::JsonReader& block, Contestant& contestant) {
  const auto methods = method_names(contestant.kind == ContestantKind::kClassical);
  contestant.method = block.at("method").text();
  if (std::find(methods.begin(), methods.end(), contestant.method) == methods.end()) {
    block.at("method").fail_unknown("a method of the catalogue", methods);
  }
  const auto options = block.find("options");
  if (options && !block.has("weights")) {  // beside weights they are refused, whatever they say
    contestant.options = read_sizes(*options, contestant.method);
  }
}

// It would be found out only when the first image is restored.
void require_gray_tasks(const core::JsonReader& block, const Contestant& contestant,
                        const std::vector<Task>& tasks) {
  if (!is_gray_only(contestant.method)) return;
  for (const auto& task : tasks) {
    if (task.channels == 1 || !takes_part(contestant, task.id)) continue;
    block.at("method").fail(
        "a method for the color images of task \"" + task.id + "\"",
        "; " + contestant.method +
            " restores gray images only. Name its \"tasks\" or choose another method");
  }
}

// Only its architecture is asked for: then nothing may say how it is trained, or on what.
void read_whether_trained(const core::JsonReader& block, Contestant& contestant) {
  const auto trained = block.find("trained");
  if (!trained) return;
  contestant.trained = trained->boolean();
  for (const char* key : {"tasks", "recipe", "train"}) {
    if (!contestant.trained && block.has(key)) {
      block.at(key).fail("no \"" + std::string(key) + "\" with \"trained\": false");
    }
  }
}

}  // namespace

Contestant read_contestant(const core::JsonReader& block, const std::vector<Task>& tasks,
                           const std::filesystem::path& file) {
  Contestant contestant{.id = block.at("id").label(), .kind = read_kind(block.at("kind"))};
  auto known = keys_of(contestant.kind);
  known.insert(known.begin(), {"id", "label", "kind", "tasks"});
  block.allow_only(known);
  contestant.label = block.has("label") ? block.at("label").text() : contestant.id;
  if (contestant.kind == ContestantKind::kSearched) {
    read_searched(block, tasks, contestant);
    read_whether_trained(block, contestant);
  } else if (contestant.kind == ContestantKind::kArchitecture) {
    contestant.architecture = block.at("architecture").text();
  } else if (contestant.kind != ContestantKind::kDegraded) {
    read_method(block, contestant);
  }
  if (const auto own = block.find("tasks")) {
    for (const auto& task : own->elements()) {
      contestant.tasks.push_back(read_task_id(task, tasks));
      require_last_is_new(task, contestant.tasks);
    }
    if (contestant.tasks.empty()) own->fail("at least one task");
  }
  if (contestant.kind == ContestantKind::kClassical) require_gray_tasks(block, contestant, tasks);
  if (const auto key = block.find("weights_key"); key && !block.has("weights")) {
    key->fail("no \"weights_key\" without \"weights\": it names a dictionary of that file");
  }
  if (block.has("weights")) read_weights(block, ids_of(tasks), contestant);
  if (const auto recipe = block.find("recipe")) {
    contestant.recipe = read_recipe_file(*recipe, file);
  }
  return contestant;
}

}  // namespace bench::runner
