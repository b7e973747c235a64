#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace bench::runner {

/// How a stage ended.
struct StageExit {
  int code = 0;    ///< exit code, if it ended by itself
  int signal = 0;  ///< the signal that ended it, or 0
};

/// A stage that was started.
class RunningStage {
 public:
  virtual ~RunningStage() = default;

  /// How it ended, or nothing while it runs. Does not wait.
  virtual std::optional<StageExit> poll() = 0;

  /// Asks it to write its checkpoint and end.
  virtual void interrupt() = 0;

  /// Ends it at once.
  virtual void kill() = 0;
};

/// Starts stages: here, or on a cluster. A stage's folder holds all that it needs to know.
class StageLauncher {
 public:
  virtual ~StageLauncher() = default;

  /// \throws std::runtime_error if it cannot be started.
  virtual std::unique_ptr<RunningStage> start(const std::filesystem::path& stage_folder) = 0;
};

}  // namespace bench::runner
