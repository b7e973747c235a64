#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "stages/exchange/folder_lock.h"

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

  /// Ends it at once, with all that it started.
  virtual void kill() = 0;

  /// A descriptor that becomes readable when it ends; -1 where there is none and it must be polled.
  virtual int end_descriptor() const { return -1; }

  /// Whether it stands still because somebody stopped it (SIGSTOP).
  virtual bool is_stopped() const { return false; }
};

/// Starts stages: here, or on a cluster. A stage's folder holds all that it needs to know.
class StageLauncher {
 public:
  virtual ~StageLauncher() = default;

  /// \param lock  of the stage's folder: the stage holds it from its start to its end.
  /// \throws std::runtime_error if it cannot be started.
  virtual std::unique_ptr<RunningStage> start(const std::filesystem::path& stage_folder,
                                              exchange::FolderLock lock) = 0;
};

}  // namespace bench::runner
