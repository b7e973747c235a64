#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

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
  if (!stage.reason.empty()) entry["where"] = stage.reason;
  const auto events = exchange::read_events(store.folder_of(stage.key));
  if (!events.last_progress) return entry;
  entry["step"] = events.last_progress->step;
  entry["steps"] = events.last_progress->steps;
  if (events.last_progress->loss) entry["loss"] = *events.last_progress->loss;
  return entry;
}

nlohmann::json status_of(const db::RunReader& reader, const std::string& run_id,
                         const StageStore& store) {
  const auto run = reader.find_run(run_id);
  const bool at_work = is_at_work(store.root(), run.run_id);
  auto counts = nlohmann::json::object();
  auto running = nlohmann::json::array(), failed = nlohmann::json::array();
  for (const auto& stage : reader.run_stages(run.run_id)) {
    const std::string state(to_string(state_now(stage.outcome, at_work)));
    counts[state] = counts.value(state, 0) + 1;
    if (state == "running") running.push_back(running_stage(stage, store));
    if (state == "failed" || state == "lost" || state == "timed out") {
      failed.push_back({{"name", stage.name}, {"state", state}, {"reason", stage.reason}});
    }
  }
  return {{"run", run.run_id},
          {"state", to_string(state_now(run.state, run.run_id, store.root()))},
          {"started", run.started_utc},
          {"stages", counts},
          {"running", running},
          {"failed", failed}};
}

std::string text_of_status(const nlohmann::json& status) {
  const auto word = [](const nlohmann::json& value) { return value.get<std::string>(); };
  std::ostringstream text;
  text << word(status["run"]) << ": " << word(status["state"]) << ", started "
       << word(status["started"]) << "\n";
  for (const auto& [state, count] : status["stages"].items()) {
    text << "  " << count << " " << state << "\n";
  }
  for (const auto& stage : status["running"]) {
    text << "  running: " << word(stage["name"]);
    if (stage.contains("step")) text << "  " << stage["step"] << "/" << stage["steps"];
    if (stage.contains("where")) text << "  (" << word(stage["where"]) << ")";
    text << "\n";
  }
  for (const auto& stage : status["failed"]) {
    text << "  " << word(stage["state"]) << ": " << word(stage["name"]) << ": "
         << word(stage["reason"]) << "\n";
  }
  return text.str();
}

// Shows the status again when it has changed, until the run ends. In a terminal in place of what
// was shown before.
void watch(const db::RunReader& reader, const std::string& run, const StageStore& store) {
  const bool on_terminal = ::isatty(STDOUT_FILENO) != 0;
  std::string shown;
  for (;;) {
    const auto status = status_of(reader, run, store);
    const auto text = text_of_status(status);
    if (text != shown) {
      if (on_terminal && !shown.empty()) {
        std::cout << "\x1b[" << std::count(shown.begin(), shown.end(), '\n') << "A\x1b[J";
      }
      std::cout << text << std::flush;
      shown = text;
    }
    if (status["state"] != "running" || !std::cout) return;
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

}  // namespace

int status_command(int argc, char** argv) {
  CLI::App parser("Show the progress of a run, even while another process is running it.");
  name_parser(parser, "status");
  std::filesystem::path store;
  std::string run = "latest";
  bool as_json = false, keeps_watching = false;
  add_run_argument(parser, run);
  add_store_option(parser, store);
  auto* json = parser.add_flag("--json", as_json, "print the result as JSON");
  parser.add_flag("--watch", keeps_watching, "show changes until the run ends")->excludes(json);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const db::RunReader reader(store / "bench.db");
  if (keeps_watching) {
    watch(reader, reader.find_run(run).run_id, StageStore(store));
    return kExitOk;
  }
  const auto status = status_of(reader, run, StageStore(store));
  std::cout << (as_json ? status.dump(2) + "\n" : text_of_status(status));
  return kExitOk;
}

}  // namespace bench::runner
