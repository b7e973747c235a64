#include <filesystem>
#include <iostream>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "db/run_reader.h"
#include "runner/carry_out/programs.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/execution_options.h"
#include "runner/cli/interrupt.h"
#include "runner/cli/store_options.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

// The file of a run, which may have been named from another folder; only one that says the same.
fs::path experiment_file_of(const db::RunRecord& run, const fs::path& store) {
  const fs::path recorded = run.experiment_path;
  const fs::path project = fs::absolute(store).lexically_normal().parent_path();
  fs::path another;
  for (const auto& file :
       {recorded, project / recorded, project / "experiments" / recorded.filename(),
        given_or_installed(recorded)}) {
    if (!fs::is_regular_file(file)) continue;
    if (files::read_file(file) == run.experiment_text) return file;
    another = file;
  }
  if (another.empty()) {
    throw core::BadInput(run.run_id + ": its experiment file " + recorded.string() +
                         " is not there. Call bench resume in the folder where it was run");
  }
  throw core::BadInput(another.string() + ": changed since " + run.run_id +
                       " was begun. bench run " + another.string() +
                       " begins a new run, says what changed, and takes over what is still true");
}

// Where stages are carried out is kept, unless it is said anew.
void keep_launcher(const db::RunRecord& run, RunRequest& request) {
  if (!request.launcher.empty()) return;
  constexpr std::string_view kSetting = "slurm/";
  for (const auto& [name, value] : run.provenance) {
    if (name == "launcher") request.launcher = value;
    if (name.starts_with(kSetting)) request.slurm.emplace(name.substr(kSetting.size()), value);
  }
}

RunRequest request_of(const db::RunRecord& run, RunRequest request) {
  request.experiment_file = experiment_file_of(run, request.store);
  request.profile = run.profile;
  request.overrides = run.overrides;
  request.command_line = run.command_line;  // of the run; resuming it changes nothing of it
  for (const auto seed : run.seeds) request.seeds.push_back(static_cast<std::uint64_t>(seed));
  keep_launcher(run, request);
  return request;
}

}  // namespace

int resume_command(int argc, char** argv) {
  CLI::App parser(
      "Go on with a run. What was lost, interrupted or not begun is done;\n"
      "stages that failed are left as they are.");
  name_parser(parser, "resume");
  RunRequest request;
  ExecutionOptions execution;
  std::string name = "latest";
  bool retry_failed = false;
  add_run_argument(parser, name);
  add_store_option(parser, request.store);
  parser.add_option("--report", request.report_folder, "folder for the report [results/NAME]");
  parser.add_flag("--retry-failed", retry_failed, "try stages again that failed or timed out");
  add_execution_options(parser, execution, request);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_execution_options(execution, request);
  const auto record = db::RunReader(request.store / "bench.db").find_run(name);
  request = request_of(record, request);
  request.keep_failures = !retry_failed;
  const auto run = check(request);
  if (run->run_id != record.run_id) {
    throw core::BadInput(
        record.run_id + ": code or data of its stages has changed since it was begun. bench run " +
        request.experiment_file.string() + " begins a new run and takes over what is still true");
  }
  outlive_readers();
  return carry_out(*run, request, listen_for_interrupts(), std::cout);
}

}  // namespace bench::runner
