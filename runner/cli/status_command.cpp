#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "db/run_reader.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/execute/stage_store.h"
#include "runner/record/state_now.h"
#include "stages/exchange/events.h"

namespace bench::runner {
namespace {

nlohmann::json running_stage(const db::RunStage& stage, const StageStore& store) {
  nlohmann::json entry = {{"name", stage.name}, {"key", stage.key}};
  const auto events = exchange::read_events(store.folder_of(stage.key));
  if (!events.last_progress) return entry;
  entry["step"] = events.last_progress->step;
  entry["steps"] = events.last_progress->steps;
  if (events.last_progress->loss) entry["loss"] = *events.last_progress->loss;
  return entry;
}

nlohmann::json status_of(const db::RunReader& reader, const std::string& run_id,
                         const StageStore& store) {
  const auto at_work = run_at_work(store.root());
  const auto run = reader.find_run(run_id);
  auto counts = nlohmann::json::object();
  auto running = nlohmann::json::array(), failed = nlohmann::json::array();
  for (const auto& stage : reader.run_stages(run.run_id)) {
    const std::string state(to_string(state_now(stage.outcome, run.run_id, at_work)));
    counts[state] = counts.value(state, 0) + 1;
    if (state == "running") running.push_back(running_stage(stage, store));
    if (state == "failed" || state == "lost" || state == "timed out") {
      failed.push_back({{"name", stage.name}, {"state", state}, {"reason", stage.reason}});
    }
  }
  return {
      {"run", run.run_id},          {"state", to_string(state_now(run.state, run.run_id, at_work))},
      {"started", run.started_utc}, {"stages", counts},
      {"running", running},         {"failed", failed}};
}

void print(const nlohmann::json& status) {
  std::cout << status["run"].get<std::string>() << ": " << status["state"].get<std::string>()
            << ", started " << status["started"].get<std::string>() << "\n";
  for (const auto& [state, count] : status["stages"].items()) {
    std::cout << "  " << count << " " << state << "\n";
  }
  for (const auto& stage : status["running"]) {
    std::cout << "  running: " << stage["name"].get<std::string>();
    if (stage.contains("step")) std::cout << "  " << stage["step"] << "/" << stage["steps"];
    std::cout << "\n";
  }
  for (const auto& stage : status["failed"]) {
    std::cout << "  " << stage["state"].get<std::string>() << ": "
              << stage["name"].get<std::string>() << ": " << stage["reason"].get<std::string>()
              << "\n";
  }
}

}  // namespace

int status_command(int argc, char** argv) {
  CLI::App parser("Show the progress of a run, even while another process is running it.");
  name_parser(parser, "status");
  std::filesystem::path store;
  std::string run = "latest";
  bool as_json = false;
  parser.add_option("RUN", run, "run id, the start of one, or latest")->capture_default_str();
  add_store_option(parser, store);
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto status = status_of(db::RunReader(store / "bench.db"), run, StageStore(store));
  if (as_json) {
    std::cout << status.dump(2) << "\n";
  } else {
    print(status);
  }
  return kExitOk;
}

}  // namespace bench::runner
