#include "runner/execute/executor.h"

#include <poll.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/files/file_error.h"
#include "core/text/number.h"
#include "core/text/visible_text.h"
#include "runner/execute/outcome.h"
#include "runner/execute/resolve.h"
#include "runner/execute/schedule.h"
#include "runner/host/utc_time.h"

namespace bench::runner {
namespace {

using Clock = std::chrono::steady_clock;

struct Running {
  std::unique_ptr<RunningStage> stage;
  bool begun = false;       ///< a cluster may keep it waiting
  bool had_others = false;  ///< ran beside it at some time
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
      attend();
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
      by_key_.emplace(outcomes_[stage].key, stage);
      auto stored = store_.look(outcomes_[stage].key);
      if (!stored.result) {
        if (failed_before(stage)) continue;
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

  bool failed_before(std::size_t stage) {
    const auto found = options_.failed_before.find(outcomes_[stage].key);
    if (found == options_.failed_before.end()) return false;
    end_badly(stage, StageState::kFailed, found->second);
    return true;
  }

  void provide(std::size_t stage) {
    for (const auto next : schedule_.provide(stage)) look_up_stage(next);
  }

  // Other stages of this plan with the same key have their result now.
  void share_with_twins(std::size_t stage) {
    const auto [first, last] = by_key_.equal_range(outcomes_[stage].key);
    std::vector<std::size_t> twins;
    for (auto it = first; it != last; ++it) {
      if (it->second != stage && schedule_.is_ready(it->second)) twins.push_back(it->second);
    }
    for (const auto twin : twins) take_from_store(twin, *outcomes_[stage].result);
  }

  // A ready stage whose result is there all at once.
  void take_from_store(std::size_t stage, const exchange::StageResult& result) {
    schedule_.take(stage);
    outcomes_[stage].result = result;
    change(stage, StageState::kCached);
    provide(stage);
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
    return running_keys_.contains(outcomes_[stage].key);
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

  // Whether this machine could take the stage now, and if not, whether it could take a later one.
  enum class Place { kFree, kNotForThis, kNone };
  Place place_for(std::size_t stage) const {
    if (const auto room = launcher_.room()) return *room > 0 ? Place::kFree : Place::kNone;
    const PlannedStage& planned = plan_.stages[stage];
    const bool alone = planned.alone || wants_no_others_.contains(stage);
    if (one_is_alone_ || (alone && !running_.empty())) return Place::kNone;
    if (threads_in_use_ + threads_of(stage) > options_.threads) return Place::kNone;
    return fits_beside_the_running(planned) ? Place::kFree : Place::kNotForThis;
  }

  void launch() {
    may_launch_ = false;
    for (auto next = schedule_.first_ready(); next; next = schedule_.ready_after(*next)) {
      const auto stage = *next;
      if (same_key_runs(stage)) continue;
      const auto place = place_for(stage);
      if (place == Place::kNone) return;
      if (place == Place::kNotForThis) continue;
      if (!inputs_are_whole(stage)) {
        may_launch_ = true;
        return;
      }
      start(stage);
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

  exchange::StageRequest request_of(std::size_t stage) const {
    const StageOutcome& outcome = outcomes_[stage];
    return {.kind = plan_.stages[stage].kind,
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
            .started_utc = outcome.started_utc};
  }

  void start(std::size_t stage) {
    const auto folder = store_.folder_of(outcomes_[stage].key);
    if (auto found = launcher_.attach(folder)) {
      outcomes_[stage].started_utc = utc_now();
      keep(stage, std::move(found));
      return;
    }
    try {
      auto lock = store_.lock(outcomes_[stage].key);
      if (!lock) {
        wait_for_the_folder(stage, folder);
        return;
      }
      if (was_done_by_another(stage)) return;
      outcomes_[stage].started_utc = utc_now();
      store_.open(outcomes_[stage].key, request_of(stage), outcomes_[stage].key_parts.inputs);
      keep(stage, launcher_.start({.folder = folder,
                                   .threads = threads_of(stage),
                                   .memory_bytes = memory_for(stage),
                                   .alone = plan_.stages[stage].alone},
                                  std::move(*lock)));
      ++tries_[stage];
    } catch (const std::filesystem::filesystem_error& error) {
      could_not_open(stage, error);
    } catch (const files::FileError& error) {
      could_not_open(stage, error);
    }
  }

  // What a cluster is asked for: more after it was too little.
  std::int64_t memory_for(std::size_t stage) const {
    const auto estimated = plan_.stages[stage].estimated_bytes.value_or(0);
    return wants_no_others_.contains(stage) ? 2 * estimated : estimated;
  }

  // The disk is full, or not a folder.
  void could_not_open(std::size_t stage, const std::runtime_error& error) {
    schedule_.take(stage);
    end_badly(stage, StageState::kLost, error.what());
  }

  void keep(std::size_t stage, std::unique_ptr<RunningStage> started) {
    schedule_.take(stage);
    auto& running = running_.emplace(stage, Running{std::move(started)}).first->second;
    running_keys_.insert(outcomes_[stage].key);
    threads_in_use_ += threads_of(stage);
    one_is_alone_ = plan_.stages[stage].alone || wants_no_others_.contains(stage);
    if (running_.size() > 1) {
      for (auto& [other, beside] : running_) beside.had_others = true;
    }
    if (running.stage->has_begun()) begin(stage, running);
  }

  void begin(std::size_t stage, Running& running) {
    running.begun = true;
    running.started = running.heard = Clock::now();
    change(stage, StageState::kRunning, running.stage->place());
  }

  // Another executor at work in this store may have had the folder since it was looked up. What
  // failed there fails here: the method would fail again.
  bool was_done_by_another(std::size_t stage) {
    auto stored = store_.look(outcomes_[stage].key);
    if (stored.result) {
      take_from_store(stage, *stored.result);
      return true;
    }
    if (waited_.erase(stage) == 0) return false;
    const auto failure = exchange::read_failure(store_.folder_of(outcomes_[stage].key));
    if (!failure) return false;
    schedule_.take(stage);
    end_badly(stage, StageState::kFailed, text::visible_lines(*failure));
    return true;
  }

  // A stage of another run, or of one that was killed, may still be writing.
  void wait_for_the_folder(std::size_t stage, const std::filesystem::path& folder) {
    may_launch_ = true;
    if (!waited_.insert(stage).second) return;
    observer_.noticed(stage, "waits for process " + exchange::holder_of(folder) +
                                 ", which still writes " + folder.string());
  }

  void attend() {
    if (const auto news = launcher_.attend()) observer_.announced(*news);
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
      if (!running.begun && running.stage->has_begun()) begin(stage, running);
      if (running.begun) report_events(stage, running);
      if (end) {
        ended.emplace_back(stage, *end);
      } else if (running.begun) {
        watch(stage, running);
      }
    }
    for (const auto& [stage, end] : ended) {
      const Running running = release(stage);
      may_launch_ = true;
      finish(stage, end, running);
    }
  }

  Running release(std::size_t stage) {
    auto released = std::move(running_.extract(stage).mapped());
    running_keys_.erase(outcomes_[stage].key);
    threads_in_use_ -= threads_of(stage);
    one_is_alone_ = false;
    return released;
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

  void finish(std::size_t stage, const StageExit& ended, const Running& running) {
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
    if (running.timed_out) {
      end_badly(stage, StageState::kTimedOut,
                "took longer than " + duration_of(options_.stage_timeout) + " (--stage-timeout)");
      return;
    }
    const StageVerdict verdict =
        made.damage.empty() ? judge(ended, folder) : StageVerdict{StageState::kFailed, made.damage};
    const bool again = verdict.state == StageState::kLost && !ended.would_be_lost_again &&
                       tries_[stage] < options_.tries;
    if (verdict.out_of_memory && running.had_others && !wants_no_others_.contains(stage)) {
      wants_no_others_.insert(stage);
      try_again(stage, verdict.reason + "; retrying with nothing beside it");
    } else if (verdict.out_of_memory) {
      end_badly(stage, StageState::kFailed, verdict.reason);
    } else if (again) {
      try_again(stage, verdict.reason + "; retrying");
    } else {
      end_badly(stage, verdict.state, verdict.reason);
    }
  }

  void try_again(std::size_t stage, const std::string& reason) {
    change(stage, StageState::kQueued, reason);
    if (schedule_.has_inputs(stage)) schedule_.make_ready(stage);
  }

  void end_badly(std::size_t stage, StageState state, const std::string& reason) {
    change(stage, state, reason);
    skip_what_needs(stage);
  }

  void end_all() {
    for (auto& [stage, running] : running_) running.stage->interrupt();
    const auto deadline = Clock::now() + options_.patience;
    while (!running_.empty()) {
      attend();
      wait_for_news();
      for (auto it = running_.begin(); it != running_.end();) {
        const std::size_t stage = it->first;
        RunningStage& running = *(it++)->second.stage;
        if (Clock::now() > deadline) running.kill();
        // A cluster that does not answer keeps nobody here: the next run finds its jobs again.
        const bool enough =
            running.outlives_this_program() && Clock::now() > deadline + options_.patience;
        if (!running.poll() && !enough) continue;
        release(stage);
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
  std::unordered_set<std::string> running_keys_;
  std::unordered_multimap<std::string, std::size_t> by_key_;
  std::set<std::size_t> waited_;           ///< for another process that had their folder
  std::set<std::size_t> wants_no_others_;  ///< ran out of memory beside others
  bool one_is_alone_ = false;
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
