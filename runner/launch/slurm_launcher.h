#pragma once

#include <chrono>
#include <memory>

#include "runner/launch/launcher.h"
#include "runner/launch/slurm_commands.h"
#include "runner/launch/slurm_settings.h"

namespace bench::runner {

/// Where things are, on a file system that all nodes share.
struct SlurmPlaces {
  std::filesystem::path store;
  std::filesystem::path bench;          ///< this program, which jobs call
  std::filesystem::path stage_program;  ///< bench-stage
};

/// How patient the launcher is. Tests hurry.
struct SlurmPatience {
  std::chrono::milliseconds look_every{500};    ///< at the files of the jobs
  std::chrono::milliseconds ask_every{5'000};   ///< squeue, at most
  std::chrono::milliseconds for_files{10'000};  ///< to be seen here after Slurm has told the end
  std::chrono::milliseconds for_signs{45'000};  ///< of life, of a job that Slurm does not know
};

/// Carries stages out as jobs of a Slurm cluster. Stages that are started between two calls of
/// attend() and need the same become one array, as far as the controller's limits allow.
///
/// A stage's end is what its job wrote (slurm_array.h); Slurm is asked now and then for those that
/// cannot write: their node failed, they were cancelled, or never began. A controller that does not
/// answer is no news. One that does not know a job (its memory of the last seconds is lost when it
/// is killed) is believed only if the job gives no sign of life either. Jobs outlive this program:
/// attach() finds them again.
class SlurmLauncher : public StageLauncher {
 public:
  /// \throws std::runtime_error if the controller's limits cannot be read
  SlurmLauncher(SlurmPlaces places, SlurmSettings settings,
                SlurmCommands commands = SlurmCommands(), SlurmPatience patience = {});
  ~SlurmLauncher() override;

  std::unique_ptr<RunningStage> start(const StageStart& stage, exchange::FolderLock lock) override;
  std::unique_ptr<RunningStage> attach(const std::filesystem::path& stage_folder) override;
  std::optional<std::string> attend() override;
  std::optional<std::size_t> room() const override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bench::runner
