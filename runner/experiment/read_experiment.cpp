#include <algorithm>
#include <set>

#include "runner/experiment/architecture_text.h"
#include "runner/experiment/bad_input.h"
#include "runner/experiment/catalogues.h"
#include "runner/experiment/experiment.h"
#include "runner/experiment/ids_of.h"
#include "runner/experiment/read_budget.h"
#include "runner/experiment/read_claims.h"
#include "runner/experiment/read_settings.h"
#include "runner/experiment/recipe_file.h"
#include "runner/experiment/task_protocol.h"
#include "runner/experiment/weights.h"
#include "stage_files/atomic_file.h"

namespace bench::runner {
namespace {

template <typename Item>
void require_new_id(const JsonReader& block, const std::vector<Item>& known,
                    const std::string& id) {
  for (const auto& item : known) {
    if (item.id == id) block.at("id").fail("an id that no other has");
  }
}

// Twice the same would be measured twice and recorded under one name.
void require_last_is_new(const JsonReader& value, const auto& items) {
  if (std::find(items.begin(), items.end() - 1, items.back()) != items.end() - 1) {
    value.fail("each only once");
  }
}

Task read_task(const JsonReader& block) {
  block.allow_only({"id", "label", "channels", "degradation"});
  Task task{.id = block.at("id").label()};
  task.label = block.has("label") ? block.at("label").text() : task.id;
  if (const auto channels = block.find("channels")) {
    task.channels = channels->integer({1, 3});
    if (task.channels == 2) channels->fail("1 (gray) or 3 (RGB)");
  }
  task.degradation = read_degradation(block.at("degradation"));
  return task;
}

ContestantKind read_kind(const JsonReader& value) {
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
      return {"architecture", "space", "recipe", "train"};
    case ContestantKind::kNetwork:
      return {"method", "options", "weights", "recipe", "train"};
    case ContestantKind::kClassical:
      return {"method"};
  }
  return {};
}

std::string read_task_id(const JsonReader& value, const std::vector<Task>& tasks) {
  const auto known = ids_of(tasks);
  const std::string id = value.text();
  if (std::find(known.begin(), known.end(), id) == known.end()) {
    value.fail_unknown("a task of this experiment", known);
  }
  return id;
}

// Without a method, it is CLEARER's space that is searched.
void read_searched(const JsonReader& block, const std::vector<Task>& tasks,
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
  if (contestant.method.empty()) method->fail_unknown("a method that is searched", names);
  if (const auto space = block.find("space")) {
    space->fail("no space: it is CLEARER's; a method has \"options\"");
  }
  if (const auto options = block.find("options")) {
    contestant.options = read_sizes(*options, contestant.method);
  }
}

void read_method(const JsonReader& block, Contestant& contestant) {
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

// It would be found out only when the first picture is restored.
void require_gray_tasks(const JsonReader& block, const Contestant& contestant,
                        const std::vector<Task>& tasks) {
  if (!is_gray_only(contestant.method)) return;
  for (const auto& task : tasks) {
    if (task.channels == 1 || !takes_part(contestant, task.id)) continue;
    block.at("method").fail(
        "a method for pictures in colour, of task \"" + task.id + "\"",
        "; " + contestant.method + " restores gray ones: name its \"tasks\", or another method");
  }
}

// Only its architecture is asked for: then nothing may say how it is trained, or on what.
void read_whether_trained(const JsonReader& block, Contestant& contestant) {
  const auto trained = block.find("trained");
  if (!trained) return;
  contestant.trained = trained->boolean();
  for (const char* key : {"tasks", "recipe", "train"}) {
    if (!contestant.trained && block.has(key)) {
      block.at(key).fail("no \"" + std::string(key) + "\" where \"trained\" is false");
    }
  }
}

Contestant read_contestant(const JsonReader& block, const std::vector<Task>& tasks,
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
  if (block.has("weights")) read_weights(block, ids_of(tasks), contestant);
  if (const auto recipe = block.find("recipe")) {
    contestant.recipe = read_recipe_file(*recipe, file);
  }
  return contestant;
}

void read_cost(const JsonReader& block, Profile& profile) {
  block.allow_only({"height", "width", "repetitions"});
  profile.cost_height = block.at("height").integer({8, 8192});
  profile.cost_width = block.at("width").integer({8, 8192});
  if (const auto repetitions = block.find("repetitions")) {
    profile.cost_repetitions = repetitions->integer({3, 10000});
  }
}

void read_profile_data(const JsonReader& block, const Experiment& experiment, Profile& profile) {
  const auto data = block.at("data");
  data.allow_only(ids_of(experiment.tasks));
  for (const auto& task : experiment.tasks) {
    const auto own = data.at(task.id);
    if (needs_training_pictures(experiment, task.id)) own.at("train");
    profile.data[task.id] = with_splits(own, task, read_task_data(own));
  }
}

// Blocks are checked also where no contestant uses them yet: a misspelt key must not wait there.
void check_shared_blocks(const JsonReader& block) {
  if (const auto space = block.find("space")) read_space(*space, {});
  if (const auto search = block.find("search")) read_search(*search, {});
  RecipeSettings recipe{.steps = 1};
  if (const auto train = block.find("train")) recipe = read_recipe(*train, {});
  if (const auto by_task = block.find("train_by_task")) {
    for (const auto& [task, own] : by_task->members()) read_recipe(own, recipe);
  }
}

Profile read_profile(const std::string& name, const JsonReader& block, const JsonReader& root,
                     const Experiment& experiment) {
  block.allow_only({"note", "data", "space", "search", "train", "train_by_task", "machine", "cost",
                    "keep_pictures", "test_noise", "tests_claims"});
  if (const auto by_task = block.find("train_by_task")) {
    by_task->allow_only(ids_of(experiment.tasks));
  }
  check_shared_blocks(block);
  Profile profile{.name = name};
  if (const auto note = block.find("note")) profile.note = note->text();
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
  if (const auto machine = block.find("machine")) profile.machine = read_machine(*machine, {});
  if (const auto cost = block.find("cost")) read_cost(*cost, profile);
  if (const auto tests = block.find("tests_claims")) profile.tests_claims = tests->boolean();
  if (const auto noise = block.find("test_noise")) {
    profile.test_noise_each_seed = noise->one_of({"fixed", "each-seed"}) == "each-seed";
  }
  if (const auto keep = block.find("keep_pictures")) {
    profile.keep_pictures = keep->integer({0, 1000});
  }
  return profile;
}

std::vector<std::uint64_t> read_seeds(const JsonReader& block) {
  std::vector<std::uint64_t> seeds;
  std::set<std::int64_t> seen;
  for (const auto seed : block.integers({1, 9e15})) {
    if (!seen.insert(seed).second) block.fail("each seed once");
    seeds.push_back(static_cast<std::uint64_t>(seed));
  }
  if (seeds.empty()) block.fail("at least one seed");
  return seeds;
}

// What other files say decides results too.
std::string recipe_texts(const Experiment& experiment) {
  std::string texts;
  for (const auto& contestant : experiment.contestants) {
    if (!contestant.recipe.path.empty()) texts += "\n" + contestant.recipe.canonical_json;
  }
  return texts;
}

void read_contents(const JsonReader& root, Experiment& experiment) {
  for (const auto& block : root.at("tasks").elements()) {
    Task task = read_task(block);
    require_new_id(block, experiment.tasks, task.id);
    experiment.tasks.push_back(std::move(task));
  }
  if (experiment.tasks.empty()) root.at("tasks").fail("at least one task");
  for (const auto& block : root.at("contestants").elements()) {
    Contestant contestant = read_contestant(block, experiment.tasks, experiment.file);
    require_new_id(block, experiment.contestants, contestant.id);
    experiment.contestants.push_back(std::move(contestant));
  }
  if (experiment.contestants.empty()) root.at("contestants").fail("at least one contestant");
  for (const auto& value : root.at("protocols").elements()) {
    for (const auto& protocol : canonical_protocols(value)) {
      experiment.protocols.push_back(without_noise(value, protocol, experiment.tasks));
      require_last_is_new(value, experiment.protocols);
    }
  }
  if (experiment.protocols.empty()) root.at("protocols").fail("at least one protocol");
  root.at("profiles").require_label_keys();
  for (const auto& [name, block] : root.at("profiles").members()) {
    experiment.profiles[name] = read_profile(name, block, root, experiment);
  }
  const auto profile = root.at("profile");
  experiment.default_profile = profile.text();
  if (!experiment.profiles.contains(experiment.default_profile)) {
    std::vector<std::string> names;
    for (const auto& [name, value] : experiment.profiles) names.push_back(name);
    profile.fail_unknown("one of the profiles", names);
  }
}

}  // namespace

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

Experiment read_experiment(const std::filesystem::path& file,
                           const std::vector<std::string>& overrides) {
  if (!std::filesystem::is_regular_file(file)) {
    throw BadInput(file.string() + ": expected an experiment file, found " +
                   (std::filesystem::exists(file) ? "something else" : "nothing"));
  }
  Experiment experiment{.file = file, .text = stage_files::read_text(file)};
  JsonDocument document = parse_json_document(file.string(), experiment.text);
  for (const auto& override_text : overrides) {
    const auto equals = override_text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw BadInput("--set " + override_text + ": expected PATH=VALUE");
    }
    set_value(document, override_text.substr(0, equals), override_text.substr(equals + 1));
  }
  const JsonReader root(document);
  root.allow_only({"$schema", "name", "title", "question", "seeds", "profile", "tasks",
                   "contestants", "protocols", "profiles", "claims", "caveats"});
  if (const auto schema = root.find("$schema")) schema->text();
  experiment.name = root.at("name").label();
  experiment.title = root.at("title").text();
  experiment.question = root.at("question").text();
  experiment.seeds = read_seeds(root.at("seeds"));
  read_contents(root, experiment);
  if (const auto claims = root.find("claims")) {
    experiment.claims = read_claims(*claims, experiment);
  }
  if (const auto caveats = root.find("caveats")) {
    for (const auto& text : caveats->elements()) experiment.caveats.push_back(text.text());
  }
  experiment.canonical_json = document.root.dump() + recipe_texts(experiment);
  return experiment;
}

const Profile& profile_of(const Experiment& experiment, const std::string& name) {
  const auto found = experiment.profiles.find(name);
  if (found != experiment.profiles.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, profile] : experiment.profiles) names.push_back(known);
  throw BadInput("--profile: expected " + listed(names) + ", found \"" + name + "\"" +
                 did_you_mean(name, names));
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

bool needs_training_pictures(const Experiment& experiment, const std::string& task) {
  return std::any_of(experiment.contestants.begin(), experiment.contestants.end(),
                     [&](const auto& contestant) {
                       return contestant.search_task == task ||
                              (is_trained(contestant) && takes_part(contestant, task));
                     });
}

}  // namespace bench::runner
