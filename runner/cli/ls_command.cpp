#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/json/bad_input.h"
#include "db/run_reader.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/methods_list.h"
#include "runner/cli/store_options.h"
#include "runner/host/utc_time.h"
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

// A date or a time in UTC as they are recorded, or how long ago: "7d", "12h".
std::string since_utc(const std::string& text) {
  if (text.empty()) return "";
  std::int64_t count = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, count);
  const std::string unit(end, last);
  if (error == std::errc() && count >= 0 && count < 100'000 && (unit == "d" || unit == "h")) {
    return utc_before_now(std::chrono::hours(unit == "d" ? 24 * count : count));
  }
  constexpr std::string_view kDate = "dddd-dd-dd", kTime = "dddd-dd-ddTdd:dd:ddZ";
  const auto has_form = [&](std::string_view form) {
    return std::equal(text.begin(), text.end(), form.begin(), form.end(), [](char is, char wanted) {
      return wanted == 'd' ? is >= '0' && is <= '9' : is == wanted;
    });
  };
  if (has_form(kDate) || has_form(kTime)) return text;
  throw core::BadInput("--since: expected 7d, 12h, 2026-11-01 or 2026-11-01T12:00:00Z, found \"" +
                       text + "\"");
}

// Runs that were killed are on record as running.
std::vector<db::RunSummary> runs_in_state(const db::RunReader& reader, db::RunPage page,
                                          const std::string& state,
                                          const std::filesystem::path& store) {
  std::optional<db::RunState> wanted;
  if (!state.empty()) {
    wanted = db::parse_run_state(state);
    page.states = {*wanted};
    if (*wanted == db::RunState::kInterrupted) page.states.push_back(db::RunState::kRunning);
  }
  std::vector<db::RunSummary> found;
  const auto enough = static_cast<std::size_t>(page.limit);
  for (;; page.offset += page.limit) {
    const auto read = reader.runs(page);
    for (auto run : read) {
      run.state = state_now(run.state, run.run_id, store);
      if (wanted && run.state != *wanted) continue;
      found.push_back(std::move(run));
      if (found.size() == enough) return found;
    }
    if (read.size() < enough) return found;
  }
}

}  // namespace

int ls_command(int argc, char** argv) {
  CLI::App parser("List recorded runs (newest first), the stages of a run, or methods.");
  name_parser(parser, "ls");
  std::filesystem::path store;
  std::string run, experiment, since, state;
  int limit = 50;
  bool as_json = false;
  std::string what = "runs";
  parser.add_option("what", what, "what to list: runs or methods")
      ->check(CLI::IsMember({"runs", "methods"}))
      ->capture_default_str();
  add_store_option(parser, store);
  parser.add_option("--stages", run, "list the stages of a run: id, start of one, latest~1");
  parser.add_option("--experiment", experiment, "list only runs of this experiment");
  parser.add_option("--since", since, "list only runs started since: 7d, 12h, 2026-11-01");
  parser.add_option("--state", state, "list only runs in this state")
      ->check(CLI::IsMember({"running", "done", "failed", "interrupted"}));
  parser.add_option("--limit", limit, "largest number of runs to list")
      ->check(CLI::Range(1, 1'000'000));
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  if (what == "methods") {
    std::cout << (as_json ? methods_json() : methods_table());
    return kExitOk;
  }
  const db::RunReader reader(store / "bench.db");
  if (!run.empty()) {
    const auto run_id = reader.find_run(run).run_id;
    auto stages = reader.run_stages(run_id);
    const bool at_work = is_at_work(store, run_id);
    for (auto& stage : stages) stage.outcome = state_now(stage.outcome, at_work);
    print_stages(stages, as_json);
    return kExitOk;
  }
  const auto runs = runs_in_state(
      reader, {.limit = limit, .experiment_name = experiment, .since_utc = since_utc(since)}, state,
      store);
  as_json ? print_runs_json(runs) : print_runs(runs);
  return kExitOk;
}

}  // namespace bench::runner
