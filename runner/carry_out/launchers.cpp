#include "runner/carry_out/launchers.h"

#include "core/json/bad_input.h"
#include "runner/carry_out/programs.h"
#include "runner/execute/executor.h"
#include "runner/launch/process_launcher.h"
#include "runner/launch/slurm_launcher.h"

namespace bench::runner {
namespace {

constexpr const char* kSlurm = "slurm";

bool wants_slurm(const CheckedRun& run, const RunRequest& request) {
  return (request.launcher.empty() ? run.profile->launcher : request.launcher) == kSlurm;
}

SlurmSettings settings_of(const CheckedRun& run, const RunRequest& request) {
  auto settings = run.profile->slurm;
  for (const auto& [key, value] : request.slurm) settings[key] = value;
  return settings;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> launcher_facts(const CheckedRun& run,
                                                                const RunRequest& request) {
  if (!wants_slurm(run, request)) return {};
  std::vector<std::pair<std::string, std::string>> facts = {{"launcher", kSlurm}};
  for (const auto& [key, value] : settings_of(run, request))
    facts.emplace_back("slurm/" + key, value);
  return facts;
}

void check_launcher(const CheckedRun& run, const RunRequest& request) {
  if (wants_slurm(run, request) || request.slurm.empty()) return;
  throw core::BadInput("--slurm: expected with --launcher slurm only");
}

std::unique_ptr<StageLauncher> launcher_of(const CheckedRun& run, const RunRequest& request,
                                           const std::filesystem::path& program) {
  if (!wants_slurm(run, request)) return std::make_unique<ProcessLauncher>(program);
  // Jobs begin in another folder.
  const SlurmPlaces places{.store = std::filesystem::absolute(run.store).lexically_normal(),
                           .bench = own_program(),
                           .stage_program = std::filesystem::absolute(program).lexically_normal()};
  try {
    return std::make_unique<SlurmLauncher>(places, settings_of(run, request));
  } catch (const std::runtime_error& error) {
    throw core::BadInput(std::string("--launcher slurm: ") + error.what() +
                         ". See bench doctor --slurm");
  }
}

std::chrono::milliseconds poll_interval_of(const CheckedRun& run, const RunRequest& request) {
  using std::chrono::milliseconds;
  return wants_slurm(run, request) ? milliseconds(500) : ExecutorOptions{}.poll_interval;
}

}  // namespace bench::runner
