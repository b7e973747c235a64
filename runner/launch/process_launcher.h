#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runner/launch/launcher.h"

namespace bench::runner {

/// Runs each stage as a process of its own on this machine, so that its memory (also a GPU's) is
/// given back and a crash in it is one failed stage, not the end of the experiment. Its output
/// goes to stage.log in its folder.
class ProcessLauncher : public StageLauncher {
 public:
  /// \param stage_program  bench-stage
  explicit ProcessLauncher(std::filesystem::path stage_program);

  std::unique_ptr<RunningStage> start(const std::filesystem::path& stage_folder) override;

 private:
  std::filesystem::path stage_program_;
};

/// What a command prints on its standard output, or nothing if it cannot be started or fails.
/// \param command  program (looked up in PATH) and arguments; no shell is involved.
std::optional<std::string> output_of(const std::vector<std::string>& command);

}  // namespace bench::runner
