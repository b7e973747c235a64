#include <cstdlib>

#include "core/digest/sha256.h"
#include "core/json/bad_input.h"
#include "runner/carry_out/carry_out.h"
#include "runner/carry_out/programs.h"
#include "runner/experiment/data_at_hand.h"
#include "runner/experiment/weights.h"
#include "runner/plan/stage_key.h"

namespace bench::runner {
namespace {

// experiments/X.json belongs to the folder above experiments/; an installed one to whoever runs
// it, where they stand.
std::filesystem::path project_of(const std::filesystem::path& experiment_file) {
  const auto folder = std::filesystem::absolute(experiment_file).lexically_normal().parent_path();
  if (folder == installed_share() / "experiments") return std::filesystem::current_path();
  return folder.filename() == "experiments" ? folder.parent_path() : folder;
}

std::filesystem::path data_root_of(const std::filesystem::path& project) {
  const char* set = std::getenv("BENCH_DATA_DIR");
  const std::filesystem::path root = set && *set ? set : project / ".." / "shared";
  return std::filesystem::absolute(root).lexically_normal();
}

std::string run_id_of(const CheckedRun& run) {
  std::string all = run.experiment.canonical_json + "\n" + run.profile->name + "\n";
  for (const auto seed : run.seeds) all += std::to_string(seed) + " ";
  for (const auto& contestant : run.experiment.contestants) {
    for (const auto& [task, weights] : contestant.weights) all += "\n" + weights.sha256;
  }
  for (const char* kind : {"prepare", "search", "train", "evaluate", "profile"}) {
    all += "\n" + code_digest(kind);
  }
  return run.experiment.name + "-" + run.profile->name + "-" +
         digest::sha256_hex(all).substr(0, 12);
}

}  // namespace

std::unique_ptr<CheckedRun> check(const RunRequest& request) {
  auto run = std::make_unique<CheckedRun>();
  const auto file = given_or_installed(request.experiment_file);
  run->experiment = read_experiment(file, request.overrides);
  run->profile = &profile_of(
      run->experiment, request.profile.empty() ? run->experiment.default_profile : request.profile);
  run->seeds = request.seeds.empty() ? run->experiment.seeds : request.seeds;
  run->project = project_of(file);
  run->store = request.store.empty() ? run->project / ".bench" : request.store;
  run->report_folder = request.report_folder.empty()
                           ? run->project / "results" / run->experiment.name
                           : request.report_folder;
  run->data_root = data_root_of(run->project);
  require_data_at_hand(run->experiment, *run->profile, run->data_root);
  find_weights(run->experiment, run->data_root);
  run->run_id = run_id_of(*run);
  return run;
}

}  // namespace bench::runner
