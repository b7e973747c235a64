#include <set>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "core/json/old_spellings.h"
#include "metrics/statistics/inference.h"
#include "runner/experiment/catalogues.h"
#include "runner/experiment/each_once.h"
#include "runner/experiment/experiment.h"
#include "runner/experiment/read_parts.h"
#include "runner/experiment/read_settings.h"
#include "runner/experiment/task_protocol.h"

namespace bench::runner {
namespace {

Task read_task(const core::JsonReader& block) {
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

std::vector<std::uint64_t> read_seeds(const core::JsonReader& block) {
  std::vector<std::uint64_t> seeds;
  std::set<std::int64_t> seen;
  for (const auto seed : block.integers({1, 9e15})) {
    if (!seen.insert(seed).second) block.fail("distinct seeds");
    seeds.push_back(static_cast<std::uint64_t>(seed));
  }
  if (seeds.empty()) block.fail("at least one seed");
  if (seeds.size() > kMostSeeds) {
    block.fail("at most " + std::to_string(kMostSeeds) + " seeds");
  }
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

void read_contents(const core::JsonReader& root, Experiment& experiment) {
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

void read_inference(const core::JsonReader& value, Experiment& experiment) {
  experiment.inference = value.text();
  if (statistics::inference_named(experiment.inference)) return;
  const auto known = statistics::inference_names();
  value.fail_unknown("what the marks of a report speak of", {known.begin(), known.end()});
}

}  // namespace

Experiment read_experiment(const std::filesystem::path& file,
                           const std::vector<std::string>& overrides) {
  if (!std::filesystem::is_regular_file(file)) {
    throw core::BadInput(file.string() + (std::filesystem::exists(file)
                                              ? ": this is not a file. Pass an experiment file"
                                              : ": file not found. Pass an experiment file"));
  }
  Experiment experiment{.file = file, .text = files::read_file(file)};
  core::JsonDocument document = core::parse_json_document(file.string(), experiment.text);
  core::say_once(core::renew_spellings(document));
  for (const auto& override_text : overrides) {
    const auto equals = override_text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw core::BadInput("--set " + override_text + ": expected PATH=VALUE");
    }
    core::set_value(document, core::with_renewed_spellings(override_text.substr(0, equals)),
                    override_text.substr(equals + 1));
  }
  core::say_once(core::renew_spellings(document));
  const core::JsonReader root(document);
  root.allow_only({"$schema", "name", "title", "question", "seeds", "profile", "tasks",
                   "contestants", "protocols", "profiles", "asks", "claims", "caveats", "report"});
  if (const auto schema = root.find("$schema")) schema->text();
  experiment.name = root.at("name").label();
  experiment.title = root.at("title").text();
  experiment.question = root.at("question").text();
  experiment.seeds = read_seeds(root.at("seeds"));
  read_contents(root, experiment);
  if (const auto asks = root.find("asks")) experiment.asks = read_asks(*asks, experiment);
  if (const auto claims = root.find("claims")) {
    experiment.claims = read_claims(*claims, experiment);
  }
  if (const auto caveats = root.find("caveats")) {
    for (const auto& text : caveats->elements()) experiment.caveats.push_back(text.text());
  }
  if (const auto report = root.find("report")) {
    report->allow_only({"inference"});
    if (const auto inference = report->find("inference")) read_inference(*inference, experiment);
  }
  experiment.canonical_json = document.root.dump() + recipe_texts(experiment);
  return experiment;
}

}  // namespace bench::runner
