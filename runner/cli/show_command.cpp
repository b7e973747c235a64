#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/text/visible_text.h"
#include "db/run_reader.h"
#include "runner/carry_out/run_answers.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/execute/stage_store.h"
#include "runner/progress/facts_text.h"
#include "runner/record/state_now.h"

namespace bench::runner {
namespace {

using json = nlohmann::ordered_json;

json pairs(const std::vector<std::pair<std::string, std::string>>& values) {
  json object = json::object();
  for (const auto& [name, value] : values) object[name] = value;
  return object;
}

json stages_json(const std::vector<db::RunStage>& stages, const db::RunReader& reader,
                 bool at_work) {
  constexpr std::size_t kEnoughOfAKey = 12;
  json rows = json::array();
  for (const auto& stage : stages) {
    const auto record = reader.stage(stage.key);
    rows.push_back({{"key", stage.key.substr(0, kEnoughOfAKey)},
                    {"outcome", to_string(state_now(stage.outcome, at_work))},
                    {"wall_seconds", record ? json(record->wall_seconds) : json(nullptr)},
                    {"peak_memory_bytes", record ? json(record->peak_memory_bytes) : json(nullptr)},
                    {"stage", stage.name}});
  }
  return rows;
}

// The answers come first, as in the report.
void print_answers(const RunAnswers& answers) {
  if (!answers.why_not.empty()) {
    std::cout << "answer: unknown, because " << text::visible_text(answers.why_not) << "\n\n";
  }
  for (const auto& sentence : answers.texts.sentences) {
    std::cout << text::visible_text(sentence) << "\n";
  }
  if (!answers.texts.sentences.empty()) std::cout << "\n";
}

json run_json(const db::RunRecord& run, const db::RunReader& reader,
              const std::filesystem::path& store) {
  return {{"run", run.run_id},
          {"state", to_string(state_now(run.state, run.run_id, store))},
          {"experiment", run.experiment_name},
          {"experiment_path", run.experiment_path},
          {"experiment_sha256", run.experiment_sha256},
          {"profile", run.profile},
          {"seeds", run.seeds},
          {"overrides", run.overrides},
          {"command", run.command_line},
          {"started", run.started_utc},
          {"finished", run.finished_utc ? json(*run.finished_utc) : json(nullptr)},
          {"provenance", pairs(run.provenance)},
          {"stages",
           stages_json(reader.run_stages(run.run_id), reader, is_at_work(store, run.run_id))}};
}

json score_value(double value) {
  return std::isinf(value) ? json("inf") : json(value);
}

json stage_json(const db::StageRecord& stage, const db::RunReader& reader,
                const std::filesystem::path& folder) {
  const std::vector<std::string> key = {stage.key};
  json scores = json::array(), quantities = json::array(), facts = json::object();
  for (const auto& score : reader.scores(key)) {
    scores.push_back({{"data_set", score.data_set},
                      {"image", score.image},
                      {"protocol", score.protocol},
                      {"value", score_value(score.value)}});
  }
  for (const auto& quantity : reader.quantities(key)) {
    quantities.push_back({{"name", quantity.name},
                          {"unit", quantity.unit},
                          {"value", quantity.value},
                          {"repetition", quantity.repetition}});
  }
  for (const auto& fact : reader.text_facts(key)) facts[fact.name] = fact.value;
  json inputs = json::array();
  for (const auto& input : stage.inputs)
    inputs.push_back({{"role", input.role}, {"key", input.key}});
  return {{"key", stage.key},
          {"name", stage.name},
          {"kind", stage.kind},
          {"state", to_string(stage.state)},
          {"reason", stage.reason},
          {"settings", json::parse(stage.settings_json)},
          {"inputs", inputs},
          {"code_digest", stage.code_digest},
          {"started", stage.started_utc},
          {"wall_seconds", stage.wall_seconds},
          {"cpu_seconds", stage.cpu_seconds},
          {"peak_memory_bytes", stage.peak_memory_bytes},
          {"threads", stage.threads},
          {"folder", folder.string()},
          {"facts", facts},
          {"quantities", quantities},
          {"scores", scores}};
}

// The keys on record that begin so.
std::vector<std::string> keys_beginning(const db::RunReader& reader, const std::string& beginning) {
  std::vector<std::string> found;
  for (auto& key : reader.all_keys()) {
    if (key.starts_with(beginning)) found.push_back(std::move(key));
  }
  return found;
}

}  // namespace

int show_command(int argc, char** argv) {
  CLI::App parser("Show full details of a run (by id) or a stage (by key).");
  name_parser(parser, "show");
  std::filesystem::path store;
  std::string name = "latest";
  bool as_json = false;
  parser.add_option("RUN|KEY", name, "run id, stage key, the start of one, or latest")
      ->capture_default_str();
  add_store_option(parser, store);
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const db::RunReader reader(store / "bench.db");
  const bool may_be_key =
      name.size() >= 6 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
  const auto keys = may_be_key ? keys_beginning(reader, name) : std::vector<std::string>{};
  json facts;
  if (keys.size() == 1) {
    facts = stage_json(*reader.stage(keys[0]), reader, StageStore(store).folder_of(keys[0]));
  } else {
    const auto run = reader.find_run(name);
    const auto answers = answers_of_run(reader, run.run_id, store);
    facts = run_json(run, reader, store);
    facts["answers"] = json::parse(answers.texts.json);
    if (!answers.why_not.empty()) facts["answers"] = {{"unknown", answers.why_not}};
    if (!as_json) {
      facts.erase("answers");
      print_answers(answers);
    }
  }
  if (as_json) {
    std::cout << facts.dump(2) << "\n";
  } else {
    std::cout << facts_text(facts);
  }
  return kExitOk;
}

}  // namespace bench::runner
