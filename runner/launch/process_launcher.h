#pragma once

#include "runner/launch/launcher.h"

namespace bench::runner {

/// Runs each stage as a process of its own on this machine, so that its memory (also a GPU's) is
/// given back and a crash in it is one failed stage, not the end of the experiment. Its output
/// goes to stage.log in its folder.
///
/// A stage is killed when the thread that started it ends, however that ends: the kernel is asked
/// for it before the stage's program is loaded. What a stage starts itself is killed when the
/// stage ends.
class ProcessLauncher : public StageLauncher {
 public:
  /// \param stage_program  bench-stage
  explicit ProcessLauncher(std::filesystem::path stage_program);

  std::unique_ptr<RunningStage> start(const StageStart& stage, exchange::FolderLock lock) override;

 private:
  std::filesystem::path stage_program_;
};

}  // namespace bench::runner
