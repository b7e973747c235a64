#include "verdicts/compare/comparison.h"

#include <algorithm>
#include <set>

#include "core/json/bad_input.h"
#include "verdicts/compare/processors.h"

namespace bench::verdicts {
namespace {

using nlohmann::json;

struct Side {
  std::string run = {};
  std::string contestant = {};
  std::vector<std::string> tasks = {};
};

std::set<std::string> contestants_of(const db::RunReader& reader, const std::string& run_id) {
  std::set<std::string> names;
  for (const auto& stage : reader.run_stages(run_id)) {
    if (!stage.contestant.empty()) names.insert(stage.contestant);
  }
  return names;
}

Side side_named(const db::RunReader& reader, const std::string& name,
                const std::string& contestant) {
  Side side{.run = name, .contestant = contestant};
  const auto colon = name.find(':');
  if (colon != std::string::npos) {
    side = {.run = name.substr(0, colon), .contestant = name.substr(colon + 1)};
  } else if (reader.run_count() > 0 &&
             contestants_of(reader, reader.find_run("latest").run_id).contains(name)) {
    side = {.run = "latest", .contestant = name};
  }
  side.run = reader.find_run(side.run).run_id;
  if (side.contestant.empty()) {
    const auto names = contestants_of(reader, side.run);
    const std::vector<std::string> list(names.begin(), names.end());
    if (list.size() != 1) {
      throw core::BadInput("compare " + name + ": run " + side.run + " has several contestants (" +
                           core::listed(list) + "). Choose one with " + side.run + ":CONTESTANT");
    }
    side.contestant = list.front();
  }
  for (const auto& stage : reader.run_stages(side.run)) {
    const bool known =
        std::find(side.tasks.begin(), side.tasks.end(), stage.task) != side.tasks.end();
    if (stage.contestant == side.contestant && !stage.task.empty() && !known) {
      side.tasks.push_back(stage.task);
    }
  }
  return side;
}

std::vector<std::string> common_tasks(const Side& first, const Side& second,
                                      const std::string& wanted) {
  if (!wanted.empty()) return {wanted};
  std::vector<std::string> common;
  for (const auto& task : first.tasks) {
    if (std::find(second.tasks.begin(), second.tasks.end(), task) != second.tasks.end()) {
      common.push_back(task);
    }
  }
  if (common.empty()) {
    throw core::BadInput("compare: the two sides share no task: " + first.contestant + " has " +
                         core::listed(first.tasks) + ", " + second.contestant + " has " +
                         core::listed(second.tasks));
  }
  return common;
}

double mean_of(const MeasuredScores& measured) {
  return statistics::mean(statistics::means_over_seeds(measured.scores));
}

// Only the seeds of `kept`, in its order.
MeasuredScores with_seeds(const MeasuredScores& measured, const std::vector<std::int64_t>& kept) {
  MeasuredScores some = measured;
  some.seeds = kept;
  some.scores.clear();
  for (const auto seed : kept) {
    const auto at = std::find(measured.seeds.begin(), measured.seeds.end(), seed);
    some.scores.push_back(measured.scores[static_cast<std::size_t>(at - measured.seeds.begin())]);
  }
  return some;
}

// Leaves the seeds that both have, if there are any; else both sides as they are.
void pair_over_seeds(MeasuredScores& first, MeasuredScores& second,
                     std::vector<std::string>& notes) {
  std::vector<std::int64_t> common;
  for (const auto seed : first.seeds) {
    if (std::find(second.seeds.begin(), second.seeds.end(), seed) != second.seeds.end()) {
      common.push_back(seed);
    }
  }
  if (common.empty()) {
    notes.push_back("the two sides share no seeds, so seeds are not paired");
    return;
  }
  const auto unpaired = first.seeds.size() + second.seeds.size() - 2 * common.size();
  if (unpaired > 0) {
    notes.push_back(
        "left out " + std::to_string(unpaired) +
        (unpaired == 1 ? " seed that only one side has" : " seeds that only one side has"));
  }
  first = with_seeds(first, common);
  second = with_seeds(second, common);
}

bool is_trained(const ChosenScores& side) {
  return side.natural_role != SeedRole::kEvaluationOnly;
}

ScoreComparison compare_scores(const ChosenScores& first, const ChosenScores& second,
                               const std::string& margin, std::vector<std::string>& notes) {
  if (first.provenance.data != second.provenance.data) {
    throw core::BadInput("compare: the test images differ: " + first.provenance.data + " for " +
                         first.contestant + ", " + second.provenance.data + " for " +
                         second.contestant + ". Measure both on the same data");
  }
  auto ours = first.measured;
  auto theirs = aligned_to(ours, second.measured);
  pair_over_seeds(ours, theirs, notes);
  ScoreComparison row{.task = first.task,
                      .protocol = ours.protocol,
                      .unit = ours.unit,
                      .first_mean = mean_of(ours),
                      .second_mean = mean_of(theirs),
                      .first_seeds = ours.seeds.size(),
                      .second_seeds = theirs.seeds.size(),
                      .is_trained = is_trained(first) || is_trained(second)};
  row.networks = statistics::paired_comparison(statistics::means_over_seeds(ours.scores),
                                               statistics::means_over_seeds(theirs.scores));
  const statistics::SeededScores one{ours.scores, is_trained(first)};
  const statistics::SeededScores other{theirs.scores, is_trained(second)};
  const statistics::CrossedOptions options{.seeds = ours.seeds == theirs.seeds
                                                        ? statistics::Seeds::kMatched
                                                        : statistics::Seeds::kUnmatched};
  row.methods = statistics::crossed_comparison(one, other, options);
  row.share = statistics::probability_better(one, other, options);
  if (margin.empty() && row.unit != "dB") return row;
  row.margin = margin_in_unit(margin, row.unit);
  if (!row.methods.refusal.empty()) return row;
  row.equivalence = statistics::crossed_equivalence(row.methods, row.margin);
  return row;
}

json experiment_of(const db::RunRecord& run) {
  const json parsed = json::parse(run.experiment_text, nullptr, false);
  return parsed.is_discarded() ? json(run.experiment_text) : parsed;
}

// Settings, code and data of an evaluation and of all that it was made from, by kind of stage.
void describe_stage(const db::RunReader& reader, const std::string& key, json& description) {
  const auto stage = reader.stage(key);
  if (!stage || description.contains(stage->kind)) return;
  json& own = description[stage->kind];
  own["code"] = stage->code_digest;
  own["settings"] = json::parse(stage->settings_json, nullptr, false);
  const std::vector<std::string> keys = {key};
  for (const auto& file : reader.data_files(keys)) {
    own["data"][file.data_set][file.name] = file.sha256;
  }
  for (const auto& fact : reader.text_facts(keys)) own["facts"][fact.name] = fact.value;
  for (const auto& input : stage->inputs) describe_stage(reader, input.key, description);
}

json description_of(const db::RunReader& reader, const ChosenScores& chosen) {
  json description = {{"experiment", experiment_of(chosen.run)},
                      {"profile", chosen.run.profile},
                      {"seeds", chosen.measured.seeds},
                      {"overrides", chosen.run.overrides},
                      {"contestant", chosen.contestant},
                      {"environment", json::object()},
                      {"stages", json::object()}};
  for (const auto& [name, value] : chosen.run.provenance) description["environment"][name] = value;
  if (!chosen.stage_keys.empty()) {
    describe_stage(reader, chosen.stage_keys.front(), description["stages"]);
  }
  return description;
}

void note_processors(const db::RunReader& reader, const ChosenScores& first,
                     const ChosenScores& second, std::vector<std::string>& notes) {
  const auto name = [](const ChosenScores& side) {
    return side.run.run_id + ":" + side.contestant;
  };
  const auto note = unlike_processors({{name(first), processors_of(reader, first.stage_keys)},
                                       {name(second), processors_of(reader, second.stage_keys)}});
  const bool is_new = std::find(notes.begin(), notes.end(), note) == notes.end();
  if (!note.empty() && is_new) notes.push_back(note);
}

void add_task(const db::RunReader& reader, const Side& first, const Side& second,
              const std::string& task, const CompareRequest& request, RunComparison& comparison) {
  const auto metrics = request.metrics.empty() ? std::vector<std::string>{""} : request.metrics;
  for (const auto& metric : metrics) {
    const auto ours = choose_scores(
        reader, first.run, {.contestant = first.contestant, .task = task, .protocol = metric});
    const std::string& protocol = ours.measured.protocol.empty() ? metric : ours.measured.protocol;
    const auto theirs = choose_scores(
        reader, second.run, {.contestant = second.contestant, .task = task, .protocol = protocol});
    for (const auto* side : {&ours, &theirs}) {
      comparison.missing.insert(comparison.missing.end(), side->missing.begin(),
                                side->missing.end());
    }
    if (comparison.settings.empty()) {
      comparison.settings =
          json_differences(description_of(reader, ours), description_of(reader, theirs));
    }
    if (ours.measured.seeds.empty() || theirs.measured.seeds.empty()) continue;
    note_processors(reader, ours, theirs, comparison.notes);
    comparison.scores.push_back(compare_scores(ours, theirs, request.margin, comparison.notes));
  }
}

}  // namespace

RunComparison compare_runs(const db::RunReader& reader, const CompareRequest& request) {
  const auto first = side_named(reader, request.first, request.contestant);
  const auto second = side_named(reader, request.second, request.contestant);
  RunComparison comparison{.first = first.run + ":" + first.contestant,
                           .second = second.run + ":" + second.contestant};
  try {
    for (const auto& task : common_tasks(first, second, request.task)) {
      add_task(reader, first, second, task, request, comparison);
    }
  } catch (const GateError& error) {
    throw core::BadInput(error.what());
  }
  return comparison;
}

}  // namespace bench::verdicts
