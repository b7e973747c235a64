#include "core/digest/sha256.h"
#include "core/json/bad_input.h"
#include "core/json/json_text.h"
#include "runner/carry_out/carry_out.h"
#include "runner/carry_out/launchers.h"
#include "runner/carry_out/outside_parts.h"
#include "runner/carry_out/programs.h"
#include "runner/experiment/data_at_hand.h"
#include "runner/experiment/project.h"
#include "runner/experiment/weights.h"
#include "runner/plan/stage_key.h"

namespace bench::runner {
namespace {

// An installed experiment belongs to whoever runs it, where they stand.
std::filesystem::path project_for(const std::filesystem::path& experiment_file) {
  const auto folder = std::filesystem::absolute(experiment_file).lexically_normal().parent_path();
  return folder == installed_share() / "experiments" ? project_here() : project_of(experiment_file);
}

std::string run_id_of(const CheckedRun& run) {
  std::string all = run.experiment.canonical_json + "\n" + run.profile->name + "\n";
  for (const auto seed : run.seeds) all += std::to_string(seed) + " ";
  for (const auto& contestant : run.experiment.contestants) {
    for (const auto& [task, weights] : contestant.weights) all += "\n" + weights.sha256;
  }
  for (const auto& [task, data] : run.profile->data) {
    all += data.train.manifest_sha256.empty() ? "" : "\n" + data.train.manifest_sha256;
    for (const auto& test : data.test) {
      all += test.manifest_sha256.empty() ? "" : "\n" + test.manifest_sha256;
    }
  }
  for (const char* kind : {"prepare", "search", "train", "evaluate", "cost"}) {
    all += "\n" + code_digest(kind);
  }
  for (const auto& stage : run.plan.stages) all += stage.data_digest + stage.program_digest;
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
  check_launcher(*run, request);
  run->seeds = request.seeds.empty() ? run->experiment.seeds : request.seeds;
  run->project = project_for(file);
  run->store = request.store.empty() ? store_of(run->project) : request.store;
  run->report_folder = request.report_folder.empty()
                           ? run->project / "results" / run->experiment.name
                           : request.report_folder;
  run->data_root = data_root_of(run->project);
  core::json_text_of(run->data_root);
  require_data_at_hand(run->experiment, *run->profile, run->data_root);
  find_weights(run->experiment, run->data_root);
  run->plan = make_plan(run->experiment, *run->profile, run->seeds);
  add_outside_parts(run->plan, *run->profile, run->data_root, run->store, request.experiment_file);
  run->run_id = run_id_of(*run);
  return run;
}

}  // namespace bench::runner
