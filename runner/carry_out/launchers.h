#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "runner/carry_out/carry_out.h"
#include "runner/launch/launcher.h"

// Internal to runner/carry_out: where the stages of a run are carried out.

namespace bench::runner {

/// \throws BadInput where Slurm's settings are given and Slurm is not asked for
void check_launcher(const CheckedRun& run, const RunRequest& request);

/// What the record of a run says of its launcher: "launcher", and "slurm/KEY" each.
std::vector<std::pair<std::string, std::string>> launcher_facts(const CheckedRun& run,
                                                                const RunRequest& request);

/// \param program  bench-stage. \throws BadInput if Slurm is asked for and does not answer
std::unique_ptr<StageLauncher> launcher_of(const CheckedRun& run, const RunRequest& request,
                                           const std::filesystem::path& program);

/// How often stages are looked at: on a cluster they are far, and many.
std::chrono::milliseconds poll_interval_of(const CheckedRun& run, const RunRequest& request);

}  // namespace bench::runner
