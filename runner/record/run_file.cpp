#include "runner/record/run_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "core/files/read_file.h"
#include "core/files/write_file.h"

namespace bench::runner {
namespace {

using nlohmann::json;

constexpr int kRunFileVersion = 1;
constexpr const char* kRunsFolder = "runs";

template <typename Value>
json optional_json(const std::optional<Value>& value) {
  return value ? json(*value) : json(nullptr);
}

template <typename Value>
std::optional<Value> optional_of(const json& value) {
  if (value.is_null()) return std::nullopt;
  return value.get<Value>();
}

json run_facts(const db::RunRecord& run) {
  return {{"run_id", run.run_id},
          {"experiment_name", run.experiment_name},
          {"experiment_path", run.experiment_path},
          {"experiment_text", run.experiment_text},
          {"experiment_sha256", run.experiment_sha256},
          {"profile", run.profile},
          {"seeds", run.seeds},
          {"overrides", run.overrides},
          {"command_line", run.command_line},
          {"started_utc", run.started_utc},
          {"finished_utc", optional_json(run.finished_utc)},
          {"state", to_string(run.state)},
          {"asked", run.asked},
          {"provenance", run.provenance}};
}

db::RunRecord run_of(const json& facts) {
  return {.run_id = facts.at("run_id"),
          .experiment_name = facts.at("experiment_name"),
          .experiment_path = facts.at("experiment_path"),
          .experiment_text = facts.at("experiment_text"),
          .experiment_sha256 = facts.at("experiment_sha256"),
          .profile = facts.at("profile"),
          .seeds = facts.at("seeds"),
          .overrides = facts.at("overrides"),
          .command_line = facts.at("command_line"),
          .started_utc = facts.at("started_utc"),
          .finished_utc = optional_of<std::string>(facts.at("finished_utc")),
          .state = db::parse_run_state(facts.at("state").get<std::string>()),
          .asked = facts.at("asked"),
          .provenance = facts.at("provenance")};
}

json place_facts(const db::RunStage& stage) {
  return {{"name", stage.name},     {"kind", stage.kind},
          {"key", stage.key},       {"outcome", to_string(stage.outcome)},
          {"reason", stage.reason}, {"contestant", stage.contestant},
          {"task", stage.task},     {"seed", optional_json(stage.seed)}};
}

db::RunStage place_of(const json& facts, const std::string& run_id, int position) {
  return {.run_id = run_id,
          .position = position,
          .name = facts.at("name"),
          .kind = facts.value("kind", ""),
          .key = facts.at("key"),
          .outcome = exchange::parse_stage_state(facts.at("outcome").get<std::string>()),
          .reason = facts.at("reason"),
          .contestant = facts.at("contestant"),
          .task = facts.at("task"),
          .seed = optional_of<std::int64_t>(facts.at("seed"))};
}

json record_facts(const db::StageRecord& stage) {
  json inputs = json::array();
  for (const auto& input : stage.inputs) inputs.push_back({input.role, input.key});
  return {{"key", stage.key},
          {"name", stage.name},
          {"kind", stage.kind},
          {"settings", stage.settings_json},
          {"inputs", inputs},
          {"code_digest", stage.code_digest},
          {"state", to_string(stage.state)},
          {"started_utc", stage.started_utc},
          {"exit_code", optional_json(stage.exit_code)},
          {"reason", stage.reason}};
}

db::StageRecord record_of_bad_stage(const json& facts) {
  db::StageRecord stage{.key = facts.at("key"),
                        .name = facts.at("name"),
                        .kind = facts.at("kind"),
                        .settings_json = facts.at("settings"),
                        .inputs = {},
                        .code_digest = facts.at("code_digest"),
                        .state = exchange::parse_stage_state(facts.at("state").get<std::string>()),
                        .started_utc = facts.at("started_utc"),
                        .exit_code = optional_of<int>(facts.at("exit_code")),
                        .reason = facts.at("reason")};
  for (const auto& input : facts.at("inputs")) stage.inputs.push_back({input.at(0), input.at(1)});
  return stage;
}

}  // namespace

void write_run_file(const std::filesystem::path& store, const RunFile& file) {
  json stages = json::array(), bad = json::array();
  for (const auto& stage : file.stages) stages.push_back(place_facts(stage));
  for (const auto& stage : file.bad_stages) bad.push_back(record_facts(stage));
  const json content = {{"version", kRunFileVersion},
                        {"run", run_facts(file.run)},
                        {"stages", stages},
                        {"bad_stages", bad}};
  std::filesystem::create_directories(store / kRunsFolder);
  // What a person typed may be in any encoding: a run must not end over it.
  const auto text = content.dump(1, ' ', false, json::error_handler_t::replace);
  files::write_file(store / kRunsFolder / (file.run.run_id + ".json"), text + "\n");
}

RunFile run_file_of(const db::RunReader& reader, const std::string& run_id) {
  RunFile file{.run = reader.find_run(run_id), .stages = reader.run_stages(run_id)};
  std::set<std::string> seen;
  for (const auto& stage : file.stages) {
    if (!exchange::is_bad(stage.outcome) || stage.key.empty()) continue;
    if (!seen.insert(stage.key).second) continue;
    if (auto record = reader.stage(stage.key)) file.bad_stages.push_back(std::move(*record));
  }
  return file;
}

RunFile read_run_file(const std::filesystem::path& file) {
  try {
    const json content = json::parse(files::read_file(file));
    if (content.at("version").get<int>() > kRunFileVersion) {
      throw std::runtime_error("written by a newer bench");
    }
    RunFile read{.run = run_of(content.at("run"))};
    int position = 0;
    for (const auto& stage : content.at("stages")) {
      read.stages.push_back(place_of(stage, read.run.run_id, position++));
    }
    for (const auto& stage : content.at("bad_stages")) {
      read.bad_stages.push_back(record_of_bad_stage(stage));
    }
    return read;
  } catch (const std::exception& error) {
    throw std::runtime_error(file.string() + ": not the file of a run: " + error.what());
  }
}

void remove_run_file(const std::filesystem::path& store, const std::string& run_id) {
  std::filesystem::remove(store / kRunsFolder / (run_id + ".json"));
}

std::vector<std::filesystem::path> run_files(const std::filesystem::path& store) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(store / kRunsFolder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(store / kRunsFolder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace bench::runner
