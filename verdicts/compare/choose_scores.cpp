#include "verdicts/compare/choose_scores.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "core/digest/sha256.h"
#include "core/json/bad_input.h"
#include "metrics/protocol.h"
#include "verdicts/compare/processors.h"

namespace bench::verdicts {
namespace {

using nlohmann::json;

bool is_evaluation(const db::RunStage& stage) {
  return stage.name.starts_with("evaluate ");
}

// Names in the order in which they were first met.
void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::string one_of_run(const std::string& option, const std::string& wanted,
                       const std::vector<std::string>& known, const std::string& run_id) {
  const std::string where = option + ": run " + run_id + ": expected ";
  if (known.empty()) throw core::BadInput(where + "a run with evaluations, but its plan has none");
  if (wanted.empty()) {
    if (known.size() == 1) return known.front();
    throw core::BadInput(where + core::listed(known) + ". Choose one with " + option);
  }
  if (std::find(known.begin(), known.end(), wanted) != known.end()) return wanted;
  throw core::BadInput(where + core::listed(known) + ", found \"" + wanted + "\"" +
                       core::did_you_mean(wanted, known));
}

std::vector<db::RunStage> chosen_evaluations(const std::vector<db::RunStage>& stages,
                                             const ScoreChoice& choice, ChosenScores& chosen) {
  std::vector<std::string> contestants, tasks;
  for (const auto& stage : stages) {
    if (is_evaluation(stage)) add_once(contestants, stage.contestant);
  }
  chosen.contestant = one_of_run("--contestant", choice.contestant, contestants, chosen.run.run_id);
  for (const auto& stage : stages) {
    if (is_evaluation(stage) && stage.contestant == chosen.contestant) add_once(tasks, stage.task);
  }
  chosen.task = one_of_run("--task", choice.task, tasks, chosen.run.run_id);
  std::vector<db::RunStage> evaluations;
  for (const auto& stage : stages) {
    if (is_evaluation(stage) && stage.contestant == chosen.contestant &&
        stage.task == chosen.task) {
      evaluations.push_back(stage);
    }
  }
  return evaluations;
}

std::string chosen_protocol(const std::string& wanted, const std::vector<std::string>& measured,
                            const std::string& run_id) {
  if (wanted.empty()) return measured.front();
  const bool is_text = wanted.find('(') != std::string::npos;
  const std::string canonical =
      is_text ? metrics::to_string(metrics::parse_protocol(wanted)) : wanted + "(";
  for (const auto& protocol : measured) {
    if (is_text ? protocol == canonical : protocol.starts_with(canonical)) return protocol;
  }
  throw core::BadInput("--protocol: run " + run_id + " measured " + core::listed(measured) +
                       ", not \"" + wanted +
                       "\". Scores under different protocols are never compared");
}

std::string fact_of(const db::RunRecord& run, const std::string& name) {
  for (const auto& [known, value] : run.provenance) {
    if (known == name) return value;
  }
  return "unknown";
}

// What the test images were: their bytes, how they were degraded, and the noise drawn.
std::string data_identity(const db::RunReader& reader, const db::StageRecord& evaluation) {
  const json settings = json::parse(evaluation.settings_json);
  json identity = {{"degradation", settings.at("task").at("degradation")},
                   {"test", settings.at("task").at("test")},
                   {"noise_seed", settings.value("noise_seed", json(nullptr))},
                   {"files", json::array()}};
  for (const auto& input : evaluation.inputs) {
    if (input.role != "data") continue;
    const std::vector<std::string> key = {input.key};
    for (const auto& file : reader.data_files(key)) {
      if (!file.name.starts_with("test")) continue;
      identity["files"].push_back({file.data_set, file.name, file.sha256});
    }
  }
  std::string sets;
  for (const auto& test : settings.at("task").at("test")) {
    sets += test.at("set").get<std::string>() + " ";
  }
  return sets + "sha256:" + digest::sha256_hex(identity.dump());
}

// Where the stages were carried out: a cached one perhaps not where the run was.
std::string processor_text(const db::RunReader& reader, const ChosenScores& chosen) {
  std::string names;
  for (const auto& name : processors_of(reader, chosen.stage_keys)) {
    names += (names.empty() ? "" : " and ") + name;
  }
  return names.empty() ? fact_of(chosen.run, "processor") : names;
}

Provenance provenance_of(const db::RunReader& reader, const ChosenScores& chosen) {
  const db::RunRecord& run = chosen.run;
  std::string environment = kProcessorOpening + processor_text(reader, chosen);
  for (const char* name :
       {"vector extensions", "GPU", "compiler", "flags", "LibTorch built with"}) {
    environment += "; " + std::string(name) + " " + fact_of(run, name);
  }
  const auto evaluation = reader.stage(chosen.stage_keys.front());
  return {.command = run.command_line.empty() ? "not recorded" : run.command_line,
          .code = fact_of(run, "commit") + ", changes: " + fact_of(run, "changes"),
          .data = data_identity(reader, *evaluation),
          .environment = environment,
          .run = run.run_id,
          .measured_at = run.started_utc};
}

void add_seed(const db::RunReader& reader, const db::RunStage& stage, ChosenScores& chosen) {
  const std::vector<std::string> key = {stage.key};
  std::map<std::string, double> by_image;
  for (const auto& score : reader.scores(key)) {
    if (score.protocol != chosen.measured.protocol) continue;
    by_image[score.data_set + "/" + score.image] = score.value;
  }
  auto& measured = chosen.measured;
  std::vector<std::string> images;
  std::vector<double> row;
  for (const auto& [image, value] : by_image) {
    images.push_back(image);
    row.push_back(value);
  }
  if (measured.seeds.empty()) measured.images = images;
  if (images != measured.images) {
    throw core::BadInput("run " + chosen.run.run_id + ", " + stage.name + ": expected the same " +
                         std::to_string(measured.images.size()) +
                         " images as for the other seeds, found " + std::to_string(images.size()) +
                         " different ones. Evaluate again");
  }
  measured.seeds.push_back(stage.seed.value_or(0));
  measured.scores.push_back(std::move(row));
}

// The evaluations with scores; the others are listed as missing.
std::vector<db::RunStage> with_scores(const db::RunReader& reader,
                                      const std::vector<db::RunStage>& evaluations,
                                      ChosenScores& chosen) {
  std::vector<db::RunStage> found;
  for (const auto& stage : evaluations) {
    if (!stage.key.empty() && reader.done_stage(stage.key)) {
      found.push_back(stage);
      chosen.stage_keys.push_back(stage.key);
    } else {
      chosen.missing.push_back(stage.name + ": " + std::string(to_string(stage.outcome)) +
                               (stage.reason.empty() ? "" : " (" + stage.reason + ")"));
    }
  }
  return found;
}

}  // namespace

bool is_of_trained_model(const db::StageRecord& evaluation) {
  return std::any_of(evaluation.inputs.begin(), evaluation.inputs.end(),
                     [](const db::StageInput& input) { return input.role == "model"; });
}

ChosenScores choose_scores(const db::RunReader& reader, const std::string& run,
                           const ScoreChoice& choice) {
  ChosenScores chosen{.run = reader.find_run(run)};
  const auto stages = reader.run_stages(chosen.run.run_id);
  const auto found = with_scores(reader, chosen_evaluations(stages, choice, chosen), chosen);
  if (found.empty()) return chosen;
  const auto evaluation = reader.stage(found.front().key);
  const json settings = json::parse(evaluation->settings_json);
  chosen.measured.protocol = chosen_protocol(
      choice.protocol, settings.at("protocols").get<std::vector<std::string>>(), chosen.run.run_id);
  chosen.measured.unit = unit_of_protocol(chosen.measured.protocol);
  if (metrics::parse_protocol(chosen.measured.protocol).metric == metrics::Metric::kMae) {
    chosen.measured.direction = statistics::Direction::kLowerIsBetter;
  }
  for (const auto& stage : found) add_seed(reader, stage, chosen);
  if (!is_of_trained_model(*evaluation)) chosen.natural_role = SeedRole::kEvaluationOnly;
  chosen.provenance = provenance_of(reader, chosen);
  return chosen;
}

std::string unit_of_protocol(const std::string& protocol) {
  switch (metrics::parse_protocol(protocol).metric) {
    case metrics::Metric::kPsnr:
      return "dB";
    case metrics::Metric::kMae:
      return "gray levels";
    case metrics::Metric::kSsim:
    case metrics::Metric::kMsSsim:
      break;
  }
  return "";
}

double margin_in_unit(const std::string& text, const std::string& unit) {
  constexpr double kDefaultDb = 0.05;
  if (text.empty() && unit == "dB") return kDefaultDb;
  double margin = 0.0;
  const char* last = text.data() + text.size();
  const auto [end, code] = std::from_chars(text.data(), last, margin);
  std::string rest(end, last);
  rest.erase(0, rest.find_first_not_of(' '));
  const bool in_unit = rest.empty() || rest == unit;
  if (code == std::errc() && in_unit && margin > 0.0 && margin < 1e6) return margin;
  throw core::BadInput("--margin: expected a positive number" +
                       (unit.empty() ? std::string(" without a unit, such as 0.001")
                                     : " in " + unit + ", such as 0.05" + unit) +
                       ", found \"" + text + "\"");
}

}  // namespace bench::verdicts
