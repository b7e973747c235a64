#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "stages/exchange/folder_lock.h"

namespace bench::runner {

/// How a stage ended.
struct StageExit {
  int code = 0;                      ///< exit code, if it ended by itself
  int signal = 0;                    ///< the signal that ended it, or 0
  std::string lost = {};             ///< what became of its machine or job, where that ended it
  bool would_be_lost_again = false;  ///< another try makes no sense
  bool out_of_memory = false;        ///< the system killed processes meanwhile to have memory again
};

/// What a launcher is told of a stage beside its folder.
struct StageStart {
  std::filesystem::path folder;
  std::int64_t threads = 1;
  std::int64_t memory_bytes = 0;  ///< by estimate; 0: unknown
  bool alone = false;             ///< its time is measured: nothing may run beside it
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

  /// Whether it does anything yet: a cluster may keep it waiting.
  virtual bool has_begun() const { return true; }

  /// Whether it goes on when this program ends.
  virtual bool outlives_this_program() const { return false; }

  /// Where it runs, for people; "" for here.
  virtual std::string place() const { return ""; }

  /// Whether it stands still because somebody stopped it (SIGSTOP).
  virtual bool is_stopped() const { return false; }
};

/// Starts stages: here, or on a cluster. A stage's folder holds all that it needs to know.
class StageLauncher {
 public:
  virtual ~StageLauncher() = default;

  /// \param lock  of the stage's folder: the stage holds it from its start to its end.
  /// \throws std::runtime_error if it cannot be started.
  virtual std::unique_ptr<RunningStage> start(const StageStart& stage,
                                              exchange::FolderLock lock) = 0;

  /// The stage of this folder, if an earlier launcher started it and it may still run.
  virtual std::unique_ptr<RunningStage> attach(const std::filesystem::path& /*stage_folder*/) {
    return nullptr;
  }

  /// To be called between polls: what was started, interrupted or killed reaches the machines, and
  /// their news reach the stages. \returns a sentence for people, where there is something to say.
  virtual std::optional<std::string> attend() { return std::nullopt; }

  /// How many more stages may be started, whatever they need; nothing: as many as cores and memory
  /// of this machine allow.
  virtual std::optional<std::size_t> room() const { return std::nullopt; }
};

}  // namespace bench::runner
