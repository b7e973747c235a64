#include "runner/carry_out/carry_out.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <set>
#include <thread>

#include "core/digest/sha256.h"
#include "core/text/visible_text.h"
#include "db/run_reader.h"
#include "db/run_store.h"
#include "reports/write_report.h"
#include "runner/carry_out/changes.h"
#include "runner/carry_out/launchers.h"
#include "runner/carry_out/programs.h"
#include "runner/execute/executor.h"
#include "runner/execute/run_lock.h"
#include "runner/experiment/imported_sets.h"
#include "runner/host/provenance.h"
#include "runner/host/utc_time.h"
#include "runner/host/writable_folder.h"
#include "runner/plan/estimate_memory.h"
#include "runner/progress/view.h"
#include "runner/record/run_file.h"
#include "runner/record/run_recorder.h"
#include "runner/study/make_study.h"
#include "stages/memory/at_hand.h"

namespace bench::runner {
namespace {

constexpr int kRecentRuns = 100;
constexpr int kOk = 0, kStageFailed = 1, kInterrupted = 130;

int terminal_width() {
  if (::isatty(STDOUT_FILENO) == 0) return 0;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

/// Shows other machines that this one lives.
class Lease : public ExecutionObserver {
 public:
  explicit Lease(RunLock& lock) : lock_(lock) {}
  void changed(std::size_t, const StageOutcome&) override {}
  void progressed(std::size_t, const exchange::Progress&) override {}
  void tick() override { lock_.renew(); }

 private:
  RunLock& lock_;
};

/// Tells several observers.
class Both : public ExecutionObserver {
 public:
  Both(ExecutionObserver& first, ExecutionObserver& second) : first_(first), second_(second) {}
  void changed(std::size_t stage, const StageOutcome& outcome) override {
    first_.changed(stage, outcome);
    second_.changed(stage, outcome);
  }
  void progressed(std::size_t stage, const exchange::Progress& progress) override {
    first_.progressed(stage, progress);
    second_.progressed(stage, progress);
  }
  void tick() override {
    first_.tick();
    second_.tick();
  }
  void noticed(std::size_t stage, const std::string& what) override {
    first_.noticed(stage, what);
    second_.noticed(stage, what);
  }
  void announced(const std::string& what) override {
    first_.announced(what);
    second_.announced(what);
  }

 private:
  ExecutionObserver& first_;
  ExecutionObserver& second_;
};

bool all_cached(const std::vector<StageOutcome>& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(),
                     [](const auto& outcome) { return outcome.state == StageState::kCached; });
}

// Whether the database holds this run as finished: then there is nothing to record either. A
// database that is missing, or empty because a command that made it was killed, holds nothing.
bool is_finished(const CheckedRun& run) {
  try {
    const auto record = db::RunReader(run.store / "bench.db").find_run(run.run_id);
    return record.run_id == run.run_id && record.state == db::RunState::kDone;
  } catch (const db::UnknownRun&) {
    return false;
  } catch (const db::DatabaseError& error) {
    const bool can_be_made = error.trouble() == db::DatabaseTrouble::kMissing ||  // or empty
                             error.trouble() == db::DatabaseTrouble::kTooOld;
    if (!can_be_made) throw;
    return false;
  }
}

// A run that had nothing left to do is the latest one all the same. Only in a store that can be
// written: in another it still gives its report.
void note_that_it_was_asked_for(const CheckedRun& run) {
  const auto file = run.store / "bench.db";
  if (db::RunReader(file).find_run("latest").run_id == run.run_id) return;
  try {
    db::RunStore(file).ask_again(run.run_id);
    write_run_file(run.store, run_file_of(db::RunReader(file), run.run_id));
  } catch (const db::DatabaseError& error) {
    const bool cannot_be_written = error.trouble() == db::DatabaseTrouble::kReadOnly ||
                                   error.trouble() == db::DatabaseTrouble::kUnreachable;
    if (!cannot_be_written) throw;
  }
}

db::RunRecord run_record(const CheckedRun& run, const RunRequest& request) {
  db::RunRecord record{.run_id = run.run_id,
                       .experiment_name = run.experiment.name,
                       .experiment_path = request.experiment_file.string(),
                       .experiment_text = run.experiment.text,
                       .experiment_sha256 = digest::sha256_hex(run.experiment.text),
                       .profile = run.profile->name,
                       .overrides = request.overrides,
                       .command_line = request.command_line,
                       .started_utc = utc_now()};
  for (const auto seed : run.seeds) record.seeds.push_back(static_cast<std::int64_t>(seed));
  for (const auto& facts : {source_facts(run.project), program_facts(), machine_facts()}) {
    record.provenance.insert(record.provenance.end(), facts.begin(), facts.end());
  }
  for (auto& fact : launcher_facts(run, request)) record.provenance.push_back(std::move(fact));
  if (const char* set = std::getenv("BENCH_STAGE_PROGRAM"); set && *set) {
    record.provenance.emplace_back("BENCH_STAGE_PROGRAM", set);
  }
  return record;
}

// Keys of the known results that the database holds already.
std::set<std::string> on_record(const CheckedRun& run, const std::vector<StageOutcome>& known) {
  std::vector<std::string> keys;
  for (const auto& outcome : known) {
    if (outcome.result) keys.push_back(outcome.key);
  }
  const auto done = db::RunReader(run.store / "bench.db").done_keys(keys);
  return {done.begin(), done.end()};
}

// \returns the keys of all results that are on record then.
std::set<std::string> begin(db::RunStore& database, const CheckedRun& run,
                            const RunRequest& request, const Plan& plan,
                            const std::vector<StageOutcome>& known, const StageStore& store) {
  std::vector<db::RunStage> stages;
  auto recorded_keys = on_record(run, known);
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    stages.push_back(run_stage(run.run_id, i, plan.stages[i], known[i]));
    // The folders are the truth, also when an earlier database was lost. What is on record stays:
    // it knows when the stage was done.
    if (!known[i].result || !recorded_keys.insert(known[i].key).second) continue;
    const auto recorded = recorded_stage(plan.stages[i], known[i], store.folder_of(known[i].key));
    database.record_stage(recorded.record, recorded.measurements);
  }
  database.begin_run(run_record(run, request), stages);
  write_run_file(run.store, run_file_of(db::RunReader(run.store / "bench.db"), run.run_id));
  return recorded_keys;
}

db::RunState state_of(const std::vector<StageOutcome>& outcomes, bool interrupted) {
  using enum StageState;
  const auto any = [&](auto matches) {
    return std::any_of(outcomes.begin(), outcomes.end(),
                       [&](const auto& outcome) { return matches(outcome.state); });
  };
  if (interrupted) return db::RunState::kInterrupted;
  if (any(exchange::is_bad)) return db::RunState::kFailed;
  // What is left over without a failure was ended by the time-out of the whole run.
  const bool unfinished =
      any([](StageState state) { return state == kInterrupted || state == kQueued; });
  return unfinished ? db::RunState::kInterrupted : db::RunState::kDone;
}

void print_counts(const CheckedRun& run, const std::vector<StageOutcome>& outcomes,
                  std::ostream& out) {
  const auto count = [&](StageState wanted) {
    return std::count_if(outcomes.begin(), outcomes.end(),
                         [&](const auto& outcome) { return outcome.state == wanted; });
  };
  out << run.run_id << ": " << count(StageState::kDone) << " done, " << count(StageState::kCached)
      << " cached";
  for (const auto state : {StageState::kFailed, StageState::kLost, StageState::kTimedOut,
                           StageState::kSkipped, StageState::kInterrupted}) {
    if (count(state) > 0) out << ", " << count(state) << " " << to_string(state);
  }
  if (count(StageState::kQueued) > 0) out << ", " << count(StageState::kQueued) << " not begun";
  out << "\n";
}

// The answer in words, and where the rest is.
void print_report(const CheckedRun& run, const reports::AnswerTexts& answers, std::ostream& out) {
  for (const auto& sentence : answers.sentences) out << text::visible_text(sentence) << "\n";
  out << "report: " << (run.report_folder / "index.html").string() << "\n";
}

// What is on record as running though nobody is at work on it was killed.
void end_dead_runs(db::RunStore& database, const CheckedRun& run) {
  const db::RunReader reader(run.store / "bench.db");
  for (const auto& other : reader.runs({.limit = kRecentRuns})) {
    if (other.state != db::RunState::kRunning || other.run_id == run.run_id) continue;
    if (is_at_work(run.store, other.run_id)) continue;
    database.finish_run(other.run_id, db::RunState::kInterrupted, utc_now());
    write_run_file(run.store, run_file_of(reader, other.run_id));
  }
}

// What failed in this run by the method's fault, where that is not to be tried again.
std::map<std::string, std::string> failures_of(const CheckedRun& run, const RunRequest& request) {
  std::map<std::string, std::string> failures;
  if (!request.keep_failures) return failures;
  for (const auto& stage : db::RunReader(run.store / "bench.db").run_stages(run.run_id)) {
    const bool failed =
        stage.outcome == StageState::kFailed || stage.outcome == StageState::kTimedOut;
    if (failed && !stage.key.empty()) failures[stage.key] = stage.reason;
  }
  return failures;
}

std::vector<StageOutcome> execute_run(const CheckedRun& run, const RunRequest& request,
                                      const Plan& plan, const std::vector<StageOutcome>& known,
                                      const StageStore& store, db::RunStore& database,
                                      RunLock& lock, const std::filesystem::path& program,
                                      const std::atomic<bool>& interrupted, std::ostream& out) {
  const auto cores = static_cast<std::int64_t>(std::max(1U, std::thread::hardware_concurrency()));
  const ExecutorOptions options{.threads = request.threads > 0 ? request.threads : cores,
                                .data_root = run.data_root.string(),
                                .data_sets = descriptions_for(*run.profile, run.experiment.file),
                                .checkpoint = request.checkpoint,
                                .memory_bytes = memory::bytes_at_hand().value_or(0),
                                .stage_timeout = request.stage_timeout,
                                .run_timeout = request.run_timeout,
                                .silence = request.silence,
                                .fail_fast = request.fail_fast,
                                .failed_before = failures_of(run, request),
                                .poll_interval = poll_interval_of(run, request),
                                .patience = request.patience,
                                .interrupted = &interrupted};
  // If somebody else carries it out already, it is on record, with more than is known here.
  RunRecorder recorder(
      database, store, plan, run.run_id,
      lock.is_first() ? begin(database, run, request, plan, known, store) : on_record(run, known));
  lock.share();
  ProgressView view(plan, known, options.threads, out, terminal_width());
  Lease lease(lock);
  Both watchers(recorder, lease), observers(watchers, view);
  const auto launcher = launcher_of(run, request, program);
  auto outcomes = execute(plan, store, *launcher, observers, options);
  view.clear();
  return outcomes;
}

}  // namespace

reports::Study study_of_run(const CheckedRun& run, const std::string& run_id) {
  const db::RunReader reader(run.store / "bench.db");
  return make_study(run.experiment, reader, run_id, StageStore(run.store));
}

reports::AnswerTexts write_run_report(const CheckedRun& run, const std::string& run_id) {
  const auto study = study_of_run(run, run_id);
  reports::write_report(study, run.report_folder);
  return reports::answer_texts(study);
}

int carry_out(const CheckedRun& run, const RunRequest& request,
              const std::atomic<bool>& interrupted, std::ostream& out) {
  require_writable_folder("--report", run.report_folder);
  Plan plan = run.plan;
  const StageStore store(run.store);
  const auto known = look_up(plan, store);
  if (all_cached(known) && is_finished(run)) {
    note_that_it_was_asked_for(run);
    const auto answers = write_run_report(run, run.run_id);
    out << run.run_id << ": all " << known.size() << " stages cached\n";
    print_report(run, answers, out);
    return kOk;
  }
  require_writable_folder("--store", run.store);
  estimate_memory(plan, run.data_root);
  const auto program = stage_program();  // before anything is created
  const StoreLock use(run.store, StoreLock::Use::kTogether);
  RunLock lock(run.store, run.run_id);
  db::RunStore database(run.store / "bench.db");
  end_dead_runs(database, run);
  for (const auto& line : changes_since_last(run, request)) out << line << "\n";
  const auto outcomes =
      execute_run(run, request, plan, known, store, database, lock, program, interrupted, out);
  const auto state = state_of(outcomes, interrupted);
  if (lock.leave()) database.finish_run(run.run_id, state, utc_now());
  write_run_file(run.store, run_file_of(db::RunReader(run.store / "bench.db"), run.run_id));
  print_counts(run, outcomes, out);
  if (state == db::RunState::kInterrupted) {
    out << "interrupted; the same command resumes where it stopped\n";
    return kInterrupted;
  }
  print_report(run, write_run_report(run, run.run_id), out);
  return state == db::RunState::kDone ? kOk : kStageFailed;
}

}  // namespace bench::runner
