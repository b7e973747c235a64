#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "db/run_reader.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/methods_list.h"
#include "runner/cli/store_options.h"
#include "runner/execute/stage_store.h"
#include "runner/record/state_now.h"

namespace bench::runner {
namespace {

using nlohmann::json;

void print_runs_json(const std::vector<db::RunSummary>& runs) {
  json list = json::array();
  for (const auto& run : runs) {
    list.push_back({{"run", run.run_id},
                    {"experiment", run.experiment_name},
                    {"profile", run.profile},
                    {"state", to_string(run.state)},
                    {"started", run.started_utc},
                    {"finished", run.finished_utc ? json(*run.finished_utc) : json(nullptr)},
                    {"stages", run.stage_count},
                    {"done", run.good_stage_count},
                    {"failed", run.bad_stage_count}});
  }
  std::cout << list.dump(2) << "\n";
}

void print_runs(const std::vector<db::RunSummary>& runs) {
  for (const auto& run : runs) {
    std::printf("%-12s %4d/%-4d %-24s %s\n", std::string(to_string(run.state)).c_str(),
                run.good_stage_count, run.stage_count, run.started_utc.c_str(), run.run_id.c_str());
  }
  if (runs.empty()) std::printf("no recorded runs\n");
}

json stage_json(const db::RunStage& stage) {
  return {{"position", stage.position}, {"name", stage.name},
          {"key", stage.key},           {"state", to_string(stage.outcome)},
          {"reason", stage.reason},     {"contestant", stage.contestant},
          {"task", stage.task},         {"seed", stage.seed ? json(*stage.seed) : json(nullptr)}};
}

void print_stages(const std::vector<db::RunStage>& stages, bool as_json) {
  if (as_json) {
    json list = json::array();
    for (const auto& stage : stages) list.push_back(stage_json(stage));
    std::cout << list.dump(2) << "\n";
    return;
  }
  for (const auto& stage : stages) {
    std::printf("%-12s %.12s  %s%s%s\n", std::string(to_string(stage.outcome)).c_str(),
                stage.key.c_str(), stage.name.c_str(), stage.reason.empty() ? "" : ": ",
                stage.reason.c_str());
  }
}

}  // namespace

int ls_command(int argc, char** argv) {
  CLI::App parser("List recorded runs (newest first), the stages of a run, or methods.");
  name_parser(parser, "ls");
  std::filesystem::path store;
  std::string run, experiment;
  int limit = 50;
  bool as_json = false;
  std::string what = "runs";
  parser.add_option("what", what, "what to list: runs or methods")
      ->check(CLI::IsMember({"runs", "methods"}))
      ->capture_default_str();
  add_store_option(parser, store);
  parser.add_option("--stages", run, "list the stages of a run: id, start of an id, or latest");
  parser.add_option("--experiment", experiment, "list only runs of this experiment");
  parser.add_option("--limit", limit, "largest number of runs to list")
      ->check(CLI::Range(1, 1'000'000));
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  if (what == "methods") {
    std::cout << (as_json ? methods_json() : methods_table());
    return kExitOk;
  }
  const db::RunReader reader(store / "bench.db");
  const auto at_work = run_at_work(store);
  if (!run.empty()) {
    auto stages = reader.run_stages(reader.find_run(run).run_id);
    for (auto& stage : stages) stage.outcome = state_now(stage.outcome, stage.run_id, at_work);
    print_stages(stages, as_json);
    return kExitOk;
  }
  auto runs = reader.runs({.limit = limit, .experiment_name = experiment});
  for (auto& listed : runs) listed.state = state_now(listed.state, listed.run_id, at_work);
  as_json ? print_runs_json(runs) : print_runs(runs);
  return kExitOk;
}

}  // namespace bench::runner
