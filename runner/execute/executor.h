#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runner/execute/stage_store.h"
#include "runner/launch/launcher.h"
#include "runner/plan/plan.h"
#include "runner/plan/stage_key.h"
#include "stages/exchange/events.h"
#include "stages/exchange/request.h"
#include "stages/exchange/stage_state.h"

namespace bench::runner {

using exchange::StageState;

/// What became of one stage.
struct StageOutcome {
  StageState state = StageState::kQueued;
  std::string key;     ///< empty until its inputs are known
  KeyParts key_parts;  ///< what the key was made of
  std::string reason;  ///< why failed, lost or skipped
  int exit_code = 0;
  std::string started_utc;
  std::optional<exchange::StageResult> result;  ///< done or cached
};

/// Is told what happens, in the executor's thread.
class ExecutionObserver {
 public:
  virtual ~ExecutionObserver() = default;
  virtual void changed(std::size_t stage, const StageOutcome& outcome) = 0;
  virtual void progressed(std::size_t stage, const exchange::Progress& progress) = 0;
  virtual void tick() {}  ///< several times a second

  /// A stage that still runs needs somebody to look at it: `what` says why, as one line.
  virtual void noticed(std::size_t /*stage*/, const std::string& /*what*/) {}

  /// Something to say of no single stage, as one line.
  virtual void announced(const std::string& /*what*/) {}
};

struct ExecutorOptions {
  std::int64_t threads = 1;  ///< how many the stages that run side by side may take together
  int tries = 3;             ///< of a stage that was lost
  std::string data_root;
  std::map<std::string, std::string> data_sets = {};  ///< see exchange::StageRequest
  exchange::CheckpointInterval checkpoint = {};
  std::int64_t memory_bytes = 0;  ///< that stages side by side may take by estimate; 0: any
  std::chrono::milliseconds stage_timeout{0};  ///< a stage that runs longer is ended; 0: never
  std::chrono::milliseconds run_timeout{0};    ///< all is interrupted then; 0: never
  std::chrono::minutes silence{10};            ///< a stage that says nothing for so long is noticed
  bool fail_fast = false;                      ///< a bad stage ends all others
  /// Stages that fail at once, by key, and why: they failed before and are not to be tried again.
  std::map<std::string, std::string> failed_before = {};
  std::chrono::milliseconds poll_interval{100};    ///< of what stages say; their end wakes at once
  std::chrono::milliseconds patience{20'000};      ///< for a stage that was asked to stop
  const std::atomic<bool>* interrupted = nullptr;  ///< set from outside: end cleanly
};

/// Carries out a plan: what the store holds is not run again; what is ready runs side by side,
/// longest remaining chain first; what needs a bad stage is skipped and the rest goes on.
///
/// A stage's inputs are verified before it starts. One whose files are not what was written is
/// queued again, with the reason, and done before what needs it.
/// \returns one outcome a stage, in the order of the plan.
std::vector<StageOutcome> execute(const Plan& plan, const StageStore& store,
                                  StageLauncher& launcher, ExecutionObserver& observer,
                                  const ExecutorOptions& options);

/// The outcomes as far as the store alone can tell: cached stages with their results, the others
/// queued. Starts nothing.
std::vector<StageOutcome> look_up(const Plan& plan, const StageStore& store);

}  // namespace bench::runner
