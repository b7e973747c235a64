#include <chrono>
#include <csignal>
#include <iostream>
#include <thread>

#include "core/json/bad_input.h"
#include "db/run_reader.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/execute/run_lock.h"
#include "runner/execute/stage_store.h"
#include "runner/launch/slurm_leftovers.h"
#include "runner/record/state_now.h"

namespace bench::runner {
namespace {

// Long enough for stages to save where they are, and for the report of a run that just ends.
constexpr auto kWait = std::chrono::minutes(2);

// The processes of this machine are asked as Ctrl-C asks them.
void ask_to_end(const std::string& run_id, const std::vector<RunHolder>& holders) {
  bool any = false;
  for (const auto& holder : holders) {
    if (!is_here(holder)) continue;
    any = ::kill(holder.process, SIGTERM) == 0 || any;
    std::cout << run_id << ": process " << holder.process << " was asked to end\n" << std::flush;
  }
  if (any || holders.empty()) return;
  throw core::BadInput(run_id + ": carried out by process " +
                       std::to_string(holders.front().process) + " on " + holders.front().host +
                       ". Call bench cancel there");
}

// \returns whether nobody is at work on it any more.
bool wait_for_end(const std::filesystem::path& store, const std::string& run_id) {
  const auto deadline = std::chrono::steady_clock::now() + kWait;
  while (is_at_work(store, run_id)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

// Jobs of a run whose process is gone.
void cancel_leftovers(const std::filesystem::path& store, const db::RunReader& reader,
                      const std::string& run_id) {
  const StageStore stages(store);
  std::vector<std::filesystem::path> folders;
  for (const auto& key : reader.keys_of_run(run_id)) folders.push_back(stages.folder_of(key));
  const auto jobs = jobs_left(store, folders);
  if (jobs.empty()) {
    std::cout << run_id << ": nobody is at work on it\n";
    return;
  }
  if (!SlurmCommands().cancel(jobs)) {
    throw std::runtime_error("the Slurm controller does not answer; " +
                             std::to_string(jobs.size()) + " jobs are not cancelled");
  }
  std::cout << run_id << ": " << jobs.size() << " Slurm jobs cancelled\n";
}

}  // namespace

int cancel_command(int argc, char** argv) {
  CLI::App parser("Interrupt a run that another process carries out, or its Slurm jobs.");
  name_parser(parser, "cancel");
  std::filesystem::path store;
  std::string name;
  parser.add_option("RUN", name, "run id, the start of one, or latest")->required();
  add_store_option(parser, store);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const db::RunReader reader(store / "bench.db");
  const auto run_id = reader.find_run(name).run_id;
  if (!is_at_work(store, run_id)) {
    cancel_leftovers(store, reader, run_id);
    return kExitOk;
  }
  ask_to_end(run_id, holders_of(store, run_id));
  if (!wait_for_end(store, run_id)) {
    std::cerr << run_id << ": still at work; its process does not end\n";
    return kExitStageFailed;
  }
  std::cout << run_id << ": " << to_string(reader.find_run(run_id).state)
            << "; bench resume goes on\n";
  return kExitOk;
}

}  // namespace bench::runner
