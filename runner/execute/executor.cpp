#include "runner/execute/executor.h"

#include <poll.h>

#include <algorithm>
#include <map>
#include <thread>

#include "core/text/number.h"
#include "runner/execute/outcome.h"
#include "runner/execute/resolve.h"
#include "runner/execute/schedule.h"
#include "runner/host/utc_time.h"

namespace bench::runner {
namespace {

using Clock = std::chrono::steady_clock;

struct Running {
  std::unique_ptr<RunningStage> stage;
  Clock::time_point started = Clock::now();
  Clock::time_point heard = Clock::now();  ///< when it said something, or its silence was noticed
  std::int64_t events_read = 0;
  bool stop_noticed = false;
  bool timed_out = false;
  Clock::time_point kill_at = Clock::time_point::max();
};

std::string duration_of(std::chrono::milliseconds duration) {
  return text::duration(std::chrono::duration<double>(duration).count());
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
        schedule_(plan),
        outcomes_(plan.stages.size()),
        tries_(plan.stages.size(), 0) {}

  std::vector<StageOutcome> run() {
    const auto started = Clock::now();
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      if (outcomes_[i].key.empty() && schedule_.has_inputs(i)) look_up_stage(i);
    }
    for (;;) {
      const bool time_is_up =
          options_.run_timeout.count() > 0 && Clock::now() - started > options_.run_timeout;
      if (is_interrupted() || time_is_up || (options_.fail_fast && a_stage_is_bad_)) {
        end_all();
        break;
      }
      if (may_launch_) launch();
      if (running_.empty() && schedule_.none_ready()) break;
      wait_for_news();
      poll();
      observer_.tick();
    }
    return std::move(outcomes_);
  }

 private:
  bool is_interrupted() const { return options_.interrupted && *options_.interrupted; }

  void change(std::size_t stage, StageState state, std::string reason = "") {
    outcomes_[stage].state = state;
    outcomes_[stage].reason = std::move(reason);
    a_stage_is_bad_ = a_stage_is_bad_ || is_bad(state);
    observer_.changed(stage, outcomes_[stage]);
  }

  // Every stage whose inputs are there passes here: from the store, or ready to be done.
  void look_up_stage(std::size_t first) {
    std::vector<std::size_t> to_do = {first};
    while (!to_do.empty()) {
      const std::size_t stage = to_do.back();
      to_do.pop_back();
      const auto parts = resolve(plan_.stages[stage], outcomes_);
      if (!parts || outcomes_[stage].state != StageState::kQueued) continue;
      outcomes_[stage].key_parts = *parts;
      outcomes_[stage].key = stage_key(*parts);
      auto stored = store_.look(outcomes_[stage].key);
      if (!stored.result) {
        if (!stored.damage.empty()) change(stage, StageState::kQueued, stored.damage);
        schedule_.make_ready(stage);
        may_launch_ = true;
        continue;
      }
      outcomes_[stage].result = std::move(stored.result);
      change(stage, StageState::kCached);
      for (const auto next : schedule_.provide(stage)) to_do.push_back(next);
    }
  }

  void provide(std::size_t stage) {
    for (const auto next : schedule_.provide(stage)) look_up_stage(next);
  }

  // Another stage of this plan with the same key has just made the result.
  void share_with_twins(std::size_t stage) {
    for (const auto twin : schedule_.ready()) {
      if (outcomes_[twin].key != outcomes_[stage].key) continue;
      schedule_.take(twin);
      outcomes_[twin].result = outcomes_[stage].result;
      change(twin, StageState::kCached);
      provide(twin);
    }
  }

  void skip_what_needs(std::size_t first) {
    std::vector<std::size_t> bad = {first};
    for (std::size_t i = 0; i < bad.size(); ++i) {
      for (const auto dependent : schedule_.dependents(bad[i])) {
        if (outcomes_[dependent].state != StageState::kQueued) continue;
        change(dependent, StageState::kSkipped,
               "needs \"" + plan_.stages[bad[i]].name + "\", which is " +
                   std::string(to_string(outcomes_[bad[i]].state)));
        bad.push_back(dependent);
      }
    }
  }

  bool same_key_runs(std::size_t stage) const {
    return std::any_of(running_.begin(), running_.end(), [&](const auto& running) {
      return outcomes_[running.first].key == outcomes_[stage].key;
    });
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

  std::int64_t threads_of(std::size_t stage) const {
    return std::min(plan_.stages[stage].threads, options_.threads);
  }

  void launch() {
    may_launch_ = false;
    for (const std::size_t stage : schedule_.ready()) {
      const PlannedStage& planned = plan_.stages[stage];
      if (threads_in_use_ >= options_.threads || (planned.alone && !running_.empty())) return;
      if (threads_in_use_ + threads_of(stage) > options_.threads) return;
      if (!fits_beside_the_running(planned) || same_key_runs(stage)) continue;
      if (!inputs_are_whole(stage)) {
        may_launch_ = true;
        return;
      }
      start(stage);
      if (planned.alone && !running_.empty()) return;
    }
  }

  // What was damaged since it was made is queued again.
  bool inputs_are_whole(std::size_t stage) {
    bool whole = true;
    for (const auto input : needed_by(plan_.stages[stage])) {
      if (!outcomes_[input].result) continue;  // one stage may name an input twice
      const auto stored = store_.look(outcomes_[input].key);
      if (stored.result) continue;
      whole = false;
      outcomes_[input].result.reset();
      schedule_.withdraw(input);
      change(input, StageState::kQueued,
             stored.damage.empty() ? "its result is no longer there" : stored.damage);
      schedule_.make_ready(input);
    }
    return whole;
  }

  void start(std::size_t stage) {
    StageOutcome& outcome = outcomes_[stage];
    outcome.started_utc = utc_now();
    const auto folder = store_.folder_of(outcome.key);
    std::optional<exchange::FolderLock> lock;
    try {
      lock = store_.open(outcome.key,
                         {.kind = plan_.stages[stage].kind,
                          .name = plan_.stages[stage].name,
                          .settings_json = outcome.key_parts.settings_json,
                          .inputs = {},
                          .data_root = options_.data_root,
                          .checkpoint = options_.checkpoint,
                          .data_sets = options_.data_sets,
                          .code_digest = outcome.key_parts.code_digest,
                          .code_folders = code_folders(plan_.stages[stage].kind),
                          .data_digest = outcome.key_parts.data_digest,
                          .program_digest = outcome.key_parts.program_digest,
                          .started_utc = outcome.started_utc},
                         outcome.key_parts.inputs);
    } catch (const std::runtime_error& error) {
      schedule_.take(stage);
      end_badly(stage, StageState::kLost, error.what());  // the disk is full, or not a folder
      return;
    }
    if (!lock) {
      wait_for_the_folder(stage, folder);
      return;
    }
    running_.emplace(stage, Running{launcher_.start(folder, std::move(*lock))});
    schedule_.take(stage);
    ++tries_[stage];
    threads_in_use_ += threads_of(stage);
    change(stage, StageState::kRunning);
  }

  // A stage of a run that was killed may still be writing.
  void wait_for_the_folder(std::size_t stage, const std::filesystem::path& folder) {
    may_launch_ = true;
    const std::string reason = "waits for process " + exchange::holder_of(folder) +
                               ", which still writes " + folder.string();
    if (outcomes_[stage].reason != reason) change(stage, StageState::kQueued, reason);
  }

  // Until a stage ends or it is time to look at what the others say.
  void wait_for_news() const {
    std::vector<pollfd> ends;
    for (const auto& [stage, running] : running_) {
      ends.push_back({.fd = running.stage->end_descriptor(), .events = POLLIN, .revents = 0});
    }
    ::poll(ends.data(), ends.size(), static_cast<int>(options_.poll_interval.count()));
  }

  void poll() {
    std::vector<std::pair<std::size_t, StageExit>> ended;
    for (auto& [stage, running] : running_) {
      const auto end = running.stage->poll();
      report_events(stage, running);
      if (end) {
        ended.emplace_back(stage, *end);
      } else {
        watch(stage, running);
      }
    }
    for (const auto& [stage, end] : ended) {
      const bool timed_out = running_.at(stage).timed_out;
      running_.erase(stage);
      threads_in_use_ -= threads_of(stage);
      may_launch_ = true;
      finish(stage, end, timed_out);
    }
  }

  void report_events(std::size_t stage, Running& running) {
    const auto events =
        exchange::read_events(store_.folder_of(outcomes_[stage].key), running.events_read);
    if (events.bytes_read != running.events_read) running.heard = Clock::now();
    running.events_read = events.bytes_read;
    if (events.last_progress) observer_.progressed(stage, *events.last_progress);
  }

  void watch(std::size_t stage, Running& running) {
    const auto now = Clock::now();
    if (now > running.kill_at) running.stage->kill();
    const bool too_long =
        options_.stage_timeout.count() > 0 && now - running.started > options_.stage_timeout;
    if (too_long && !running.timed_out) {
      running.timed_out = true;
      running.kill_at = now + options_.patience;
      running.stage->interrupt();
    }
    if (!running.stop_noticed && running.stage->is_stopped()) {
      running.stop_noticed = true;
      observer_.noticed(stage, "stands still: it was stopped from outside (kill -CONT goes on)");
    }
    if (now - running.heard > options_.silence) {
      running.heard = now;
      observer_.noticed(stage, "has said nothing for " + duration_of(options_.silence) +
                                   "; its log: " +
                                   (store_.folder_of(outcomes_[stage].key) / "stage.log").string());
    }
  }

  void finish(std::size_t stage, const StageExit& ended, bool timed_out) {
    StageOutcome& outcome = outcomes_[stage];
    const auto folder = store_.folder_of(outcome.key);
    outcome.exit_code = ended.code;
    // Written last and whole: however the process ended then, the stage is done.
    auto made = store_.look_at_new(outcome.key);
    if (made.result) {
      outcome.result = std::move(made.result);
      change(stage, StageState::kDone);
      share_with_twins(stage);
      provide(stage);
      return;
    }
    if (timed_out) {
      end_badly(stage, StageState::kTimedOut,
                "took longer than " + duration_of(options_.stage_timeout) + " (--stage-timeout)");
      return;
    }
    const StageVerdict verdict =
        made.damage.empty() ? judge(ended, folder) : StageVerdict{StageState::kFailed, made.damage};
    if (verdict.state == StageState::kLost && tries_[stage] < options_.tries) {
      change(stage, StageState::kQueued, verdict.reason + "; retrying");
      if (schedule_.has_inputs(stage)) schedule_.make_ready(stage);
    } else {
      end_badly(stage, verdict.state, verdict.reason);
    }
  }

  void end_badly(std::size_t stage, StageState state, const std::string& reason) {
    change(stage, state, reason);
    skip_what_needs(stage);
  }

  void end_all() {
    for (auto& [stage, running] : running_) running.stage->interrupt();
    const auto deadline = Clock::now() + options_.patience;
    while (!running_.empty()) {
      wait_for_news();
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
    outcomes_[stage].result = store_.look_at_new(outcomes_[stage].key).result;
    change(stage, outcomes_[stage].result ? StageState::kDone : StageState::kInterrupted);
  }

  const Plan& plan_;
  const StageStore& store_;
  StageLauncher& launcher_;
  ExecutionObserver& observer_;
  const ExecutorOptions& options_;
  Schedule schedule_;
  std::vector<StageOutcome> outcomes_;
  std::vector<int> tries_;
  std::map<std::size_t, Running> running_;
  std::int64_t threads_in_use_ = 0;
  bool may_launch_ = false;  ///< something changed since nothing more could be started
  bool a_stage_is_bad_ = false;
};

}  // namespace

std::vector<StageOutcome> execute(const Plan& plan, const StageStore& store,
                                  StageLauncher& launcher, ExecutionObserver& observer,
                                  const ExecutorOptions& options) {
  return Execution(plan, store, launcher, observer, options).run();
}

}  // namespace bench::runner
