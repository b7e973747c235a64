#include "runner/execute/executor.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <thread>

#include "runner/execute/outcome.h"
#include "runner/execute/resolve.h"
#include "runner/host/utc_time.h"

namespace bench::runner {
namespace {

using Clock = std::chrono::steady_clock;

struct Running {
  std::unique_ptr<RunningStage> stage;
  std::int64_t events_read = 0;
};

// Seconds from the start of each stage to the end of the longest chain that waits for it.
std::vector<double> remaining_chains(const Plan& plan) {
  std::vector<double> seconds(plan.stages.size(), 0.0);
  for (std::size_t i = plan.stages.size(); i-- > 0;) {
    seconds[i] += plan.stages[i].estimated_seconds;
    for (const auto input : needed_by(plan.stages[i])) {
      seconds[input] = std::max(seconds[input], seconds[i]);
    }
  }
  return seconds;
}

class Execution {
 public:
  Execution(const Plan& plan, const StageStore& store, StageLauncher& launcher,
            ExecutionObserver& observer, const ExecutorOptions& options)
      : plan_(plan),
        store_(store),
        launcher_(launcher),
        observer_(observer),
        options_(options),
        chains_(remaining_chains(plan)),
        outcomes_(plan.stages.size()),
        tries_(plan.stages.size(), 0) {}

  std::vector<StageOutcome> run() {
    for (;;) {
      if (options_.interrupted && *options_.interrupted) {
        end_all();
        break;
      }
      settle();
      launch();
      if (running_.empty()) break;  // nothing runs and nothing can be started
      std::this_thread::sleep_for(options_.poll_interval);
      poll();
      observer_.tick();
    }
    return std::move(outcomes_);
  }

 private:
  void change(std::size_t stage, StageState state, std::string reason = "") {
    outcomes_[stage].state = state;
    outcomes_[stage].reason = std::move(reason);
    observer_.changed(stage, outcomes_[stage]);
  }

  // Marks what the store holds and what can no longer be done. Plans are in topological order, so
  // one pass sees everything that follows from what is known now.
  void settle() {
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      if (outcomes_[i].state != StageState::kQueued) continue;
      if (const auto needed = failed_need(i)) {
        change(i, StageState::kSkipped,
               "needs \"" + plan_.stages[*needed].name + "\", which is " +
                   to_string(outcomes_[*needed].state));
      } else if (outcomes_[i].key.empty()) {
        look_up_stage(i);
      }
    }
  }

  std::optional<std::size_t> failed_need(std::size_t stage) const {
    for (const auto input : needed_by(plan_.stages[stage])) {
      const auto state = outcomes_[input].state;
      if (state == StageState::kFailed || state == StageState::kLost ||
          state == StageState::kSkipped) {
        return input;
      }
    }
    return std::nullopt;
  }

  void look_up_stage(std::size_t stage) {
    const auto parts = resolve(plan_.stages[stage], outcomes_);
    if (!parts) return;
    outcomes_[stage].key_parts = *parts;
    outcomes_[stage].key = stage_key(*parts);
    take_from_store(stage);
  }

  bool take_from_store(std::size_t stage) {
    outcomes_[stage].result = store_.result_of(outcomes_[stage].key);
    if (!outcomes_[stage].result) return false;
    change(stage, StageState::kCached);
    return true;
  }

  bool same_key_runs(std::size_t stage) const {
    return std::any_of(running_.begin(), running_.end(), [&](const auto& running) {
      return outcomes_[running.first].key == outcomes_[stage].key;
    });
  }

  std::vector<std::size_t> ready() {
    std::vector<std::size_t> stages;
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      if (outcomes_[i].state != StageState::kQueued || outcomes_[i].key.empty()) continue;
      if (same_key_runs(i)) continue;
      // Another stage of this plan may have made it meanwhile.
      if (!take_from_store(i)) stages.push_back(i);
    }
    std::stable_sort(stages.begin(), stages.end(), [&](std::size_t a, std::size_t b) {
      const bool a_alone = plan_.stages[a].alone, b_alone = plan_.stages[b].alone;
      return a_alone != b_alone ? b_alone : chains_[a] > chains_[b];
    });
    return stages;
  }

  // Alone it is started whatever it takes: the estimate may be wrong, and it says best itself what
  // it asked for.
  bool fits_beside_the_running(const PlannedStage& stage) const {
    if (options_.memory_bytes == 0 || running_.empty()) return true;
    std::int64_t bytes = stage.estimated_bytes.value_or(0);
    for (const auto& [running, process] : running_) {
      bytes += plan_.stages[running].estimated_bytes.value_or(0);
    }
    return bytes <= options_.memory_bytes;
  }

  void launch() {
    for (const std::size_t stage : ready()) {
      const PlannedStage& planned = plan_.stages[stage];
      if (planned.alone && !running_.empty()) return;
      const std::int64_t threads = std::min(planned.threads, options_.threads);
      if (threads_in_use_ + threads > options_.threads) return;
      if (!fits_beside_the_running(planned)) continue;
      if (same_key_runs(stage)) continue;
      start(stage);
      if (planned.alone) return;
    }
  }

  void start(std::size_t stage) {
    StageOutcome& outcome = outcomes_[stage];
    outcome.started_utc = utc_now();
    store_.open(outcome.key,
                {.kind = plan_.stages[stage].kind,
                 .name = plan_.stages[stage].name,
                 .settings_json = outcome.key_parts.settings_json,
                 .inputs = {},
                 .data_root = options_.data_root,
                 .checkpoint = options_.checkpoint,
                 .data_sets = options_.data_sets},
                outcome.key_parts.inputs);
    running_.emplace(stage, Running{launcher_.start(store_.folder_of(outcome.key))});
    ++tries_[stage];
    threads_in_use_ += std::min(plan_.stages[stage].threads, options_.threads);
    change(stage, StageState::kRunning);
  }

  void poll() {
    for (auto it = running_.begin(); it != running_.end();) {
      const std::size_t stage = it->first;
      const auto ended = it->second.stage->poll();
      report_events(stage, it->second);
      if (!ended) {
        ++it;
        continue;
      }
      it = running_.erase(it);
      threads_in_use_ -= std::min(plan_.stages[stage].threads, options_.threads);
      finish(stage, *ended);
    }
  }

  void report_events(std::size_t stage, Running& running) {
    const auto events =
        exchange::read_events(store_.folder_of(outcomes_[stage].key), running.events_read);
    running.events_read = events.bytes_read;
    if (events.last_progress) observer_.progressed(stage, *events.last_progress);
  }

  void finish(std::size_t stage, const StageExit& ended) {
    StageOutcome& outcome = outcomes_[stage];
    const auto folder = store_.folder_of(outcome.key);
    outcome.exit_code = ended.code;
    // Written last and whole: however the process ended then, the stage is done.
    outcome.result = store_.result_of(outcome.key);
    if (outcome.result) {
      change(stage, StageState::kDone);
      return;
    }
    const StageVerdict verdict = judge(ended, folder);
    if (verdict.state == StageState::kLost && tries_[stage] < options_.tries) {
      change(stage, StageState::kQueued, verdict.reason + "; retrying");
    } else {
      change(stage, verdict.state, verdict.reason);
    }
  }

  void end_all() {
    for (auto& [stage, running] : running_) running.stage->interrupt();
    const auto deadline = Clock::now() + options_.patience;
    while (!running_.empty()) {
      std::this_thread::sleep_for(options_.poll_interval);
      for (auto it = running_.begin(); it != running_.end();) {
        if (Clock::now() > deadline) it->second.stage->kill();
        const auto ended = it->second.stage->poll();
        if (!ended) {
          ++it;
          continue;
        }
        const std::size_t stage = it->first;
        it = running_.erase(it);
        end_interrupted(stage);
      }
    }
  }

  void end_interrupted(std::size_t stage) {
    outcomes_[stage].result = store_.result_of(outcomes_[stage].key);
    change(stage, outcomes_[stage].result ? StageState::kDone : StageState::kInterrupted);
  }

  const Plan& plan_;
  const StageStore& store_;
  StageLauncher& launcher_;
  ExecutionObserver& observer_;
  const ExecutorOptions& options_;
  std::vector<double> chains_;
  std::vector<StageOutcome> outcomes_;
  std::vector<int> tries_;
  std::map<std::size_t, Running> running_;
  std::int64_t threads_in_use_ = 0;
};

}  // namespace

std::vector<StageOutcome> execute(const Plan& plan, const StageStore& store,
                                  StageLauncher& launcher, ExecutionObserver& observer,
                                  const ExecutorOptions& options) {
  return Execution(plan, store, launcher, observer, options).run();
}

}  // namespace bench::runner
