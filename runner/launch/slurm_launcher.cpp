#include "runner/launch/slurm_launcher.h"

#include <algorithm>
#include <csignal>
#include <list>
#include <stdexcept>

#include "runner/launch/slurm_jobs.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using Clock = SlurmClock;
using std::chrono::milliseconds;

// A cluster is everybody's: so many jobs of ours wait or run at once unless more are asked for.
constexpr std::int64_t kUsualJobs = 1000;
// squeue may take this share of the time.
constexpr int kShareOfAsking = 20;
constexpr auto kTryAgain = std::chrono::seconds(5);
constexpr auto kHeldBack = std::chrono::seconds(30);

class RunningSlurmStage : public RunningStage {
 public:
  explicit RunningSlurmStage(std::shared_ptr<SlurmJob> job) : job_(std::move(job)) {}

  std::optional<StageExit> poll() override { return job_->end; }
  void interrupt() override { job_->must_stop = true; }
  void kill() override { job_->must_die = true; }
  bool has_begun() const override { return job_->begun; }
  bool outlives_this_program() const override { return true; }
  std::string place() const override { return job_->place; }

 private:
  std::shared_ptr<SlurmJob> job_;
};

}  // namespace

class SlurmLauncher::Impl {
 public:
  Impl(SlurmPlaces places, SlurmSettings settings, SlurmCommands commands, SlurmPatience patience)
      : places_(std::move(places)),
        settings_(std::move(settings)),
        commands_(std::move(commands)),
        patience_(patience),
        limits_(commands_.limits()) {
    const auto jobs = settings_.find("jobs");
    const auto usual = limits_.jobs > 0 ? std::min(limits_.jobs / 2, kUsualJobs) : kUsualJobs;
    most_jobs_ = static_cast<std::size_t>(jobs == settings_.end() ? std::max<std::int64_t>(1, usual)
                                                                  : std::stoll(jobs->second));
  }

  std::shared_ptr<SlurmJob> start(const StageStart& stage, exchange::FolderLock lock) {
    auto job = std::make_shared<SlurmJob>();
    job->stage_folder = stage.folder;
    job->needs = needs_of(stage);
    job->place = "Slurm";
    waiting_.push_back({job->needs, std::move(lock), job});
    ++open_jobs_;
    return job;
  }

  std::shared_ptr<SlurmJob> attach(const fs::path& stage_folder) {
    const auto mark = read_attempt(stage_folder);
    if (!mark) return nullptr;
    SlurmJobs* array = find_array(mark->token);
    if (array == nullptr) array = load_array(mark->token);
    const bool is_task =
        array != nullptr && mark->task >= 0 && mark->task < static_cast<int>(array->all_tasks);
    if (!is_task || read_ended(array->folder, mark->task)) return nullptr;
    auto& job = array->jobs[mark->task];
    if (!job) {
      job = std::make_shared<SlurmJob>();
      job->stage_folder = stage_folder;
      job->place = "Slurm";
      take_up_begin(*array, mark->task);
      ++open_jobs_;
    }
    return job->end ? nullptr : job;
  }

  std::optional<std::string> attend() {
    news_.reset();
    const auto now = Clock::now();
    gather(now);
    for (auto& array : arrays_) {
      if (array.number.empty() && !array.arguments.empty() && now >= array.submit_at) submit(array);
    }
    if (now >= next_signals_) send_signals();
    if (now >= next_look_) look(now);
    if (now >= next_question_ && !arrays_.empty()) ask(now);
    forget_what_ended();
    open_jobs_ = waiting_.size();
    for (const auto& array : arrays_) open_jobs_ += array.open_jobs();
    return news_;
  }

  std::size_t open_jobs() const { return open_jobs_; }

  std::size_t most_jobs() const { return most_jobs_; }

 private:
  /// A stage that is not in an array yet; it keeps its folder's lock until then.
  struct Waiting {
    SlurmNeeds needs;
    exchange::FolderLock lock;
    std::shared_ptr<SlurmJob> job;
  };

  SlurmJobs* find_array(const std::string& token) {
    const auto found = std::find_if(arrays_.begin(), arrays_.end(),
                                    [&](const auto& array) { return array.token == token; });
    return found == arrays_.end() ? nullptr : &*found;
  }

  // Of an earlier launcher. What it did not submit, Slurm will not know.
  SlurmJobs* load_array(const std::string& token) {
    const auto folder = array_folder(places_.store, token);
    const auto read = read_array(folder);
    if (!read || read->token != token) return nullptr;
    arrays_.push_back({.token = token,
                       .folder = folder,
                       .number = read_job_number(folder),
                       .arguments = {},
                       .was_tried = true,
                       .as_array = limits_.array_size > 0,
                       .all_tasks = read->stage_folders.size(),
                       .jobs = {}});
    return &arrays_.back();
  }

  // Stages that need the same become arrays.
  void gather(Clock::time_point now) {
    std::map<SlurmNeeds, std::vector<Waiting>> groups;
    for (auto& waiting : waiting_) {
      if (waiting.job->must_stop || waiting.job->must_die) {
        waiting.job->end = {.lost = "it was not submitted yet"};
      } else {
        groups[waiting.needs].push_back(std::move(waiting));
      }
    }
    waiting_.clear();
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1, limits_.array_size));
    for (auto& [needs, stages] : groups) {
      for (std::size_t begin = 0; begin < stages.size(); begin += most) {
        std::vector<std::shared_ptr<SlurmJob>> jobs;
        for (std::size_t i = begin; i < std::min(stages.size(), begin + most); ++i) {
          jobs.push_back(stages[i].job);
        }
        make_array(jobs, now);
      }
    }
  }

  void make_array(const std::vector<std::shared_ptr<SlurmJob>>& jobs, Clock::time_point at) {
    SlurmJobs array{.token = new_attempt_token(),
                    .folder = {},
                    .number = {},
                    .arguments = {},
                    .submit_at = at,
                    .as_array = limits_.array_size > 0,
                    .all_tasks = jobs.size(),
                    .jobs = {}};
    array.folder = array_folder(places_.store, array.token);
    SlurmArray written{.token = array.token, .stage_folders = {}};
    for (const auto& job : jobs) {
      array.jobs.emplace(static_cast<int>(array.jobs.size()), job);
      written.stage_folders.push_back(job->stage_folder);
    }
    array.arguments = sbatch_arguments(jobs.front()->needs, settings_, places_, array.folder,
                                       array.token, jobs.size(), array.as_array);
    write_array(array.folder, written);
    arrays_.push_back(std::move(array));
  }

  void submit(SlurmJobs& array) {
    const auto submission = commands_.submit(array.arguments);
    const auto now = Clock::now();
    switch (submission.answer) {
      case SlurmAnswer::kAccepted:
        array.number = submission.job;
        write_job_number(array.folder, array.number);
        for (auto& [task, job] : array.jobs) job->place = "Slurm job " + array.name_of(task);
        return;
      case SlurmAnswer::kUnknown:
        // Sent again only when squeue has shown that it was not accepted.
        array.was_tried = true;
        array.submit_at = Clock::time_point::max();
        say("the Slurm controller does not answer; jobs go on meanwhile");
        return;
      case SlurmAnswer::kHeldBack:
        say("Slurm holds stages back: " + submission.message);
        hold_back(array, now);
        return;
      case SlurmAnswer::kRefused:
        for (auto& [task, job] : array.jobs) {
          job->end = {.lost = "sbatch refused it: " + submission.message,
                      .would_be_lost_again = true};
        }
        return;
    }
  }

  // A whole array may be more than the user may have at once: next time in two halves.
  void hold_back(SlurmJobs& array, Clock::time_point now) {
    array.submit_at = now + kHeldBack;
    if (array.jobs.size() < 2) return;
    std::vector<std::shared_ptr<SlurmJob>> halves[2];
    for (const auto& [task, job] : array.jobs) {
      halves[2 * static_cast<std::size_t>(task) / array.jobs.size()].push_back(job);
    }
    fs::remove_all(array.folder);
    array.jobs.clear();
    make_array(halves[0], now);
    make_array(halves[1], now + kHeldBack);
  }

  void send_signals() {
    std::vector<std::string> to_stop, to_cancel;
    std::vector<SlurmJob*> stopped, cancelled;
    for (auto& array : arrays_) {
      for (auto& [task, job] : array.jobs) {
        if (job->end || !(job->must_stop || job->must_die)) continue;
        if (array.number.empty()) {
          if (!array.was_tried) job->end = {.lost = "it was not submitted yet"};
          continue;
        }
        const bool cancel = job->must_die || !job->begun;
        if (cancel ? job->cancelled : job->told_to_stop) continue;
        (cancel ? to_cancel : to_stop).push_back(array.name_of(task));
        (cancel ? cancelled : stopped).push_back(job.get());
      }
    }
    if (to_stop.empty() && to_cancel.empty()) return;
    const bool taken = (to_stop.empty() || commands_.terminate(to_stop)) &&
                       (to_cancel.empty() || commands_.cancel(to_cancel));
    if (!taken) {
      say("the Slurm controller does not answer; jobs are not cancelled yet");
      next_signals_ = Clock::now() + kTryAgain;
      return;
    }
    for (auto* job : stopped) job->told_to_stop = true;
    for (auto* job : cancelled) job->cancelled = true;
    next_question_ = Clock::now() + patience_.look_every;
  }

  void look(Clock::time_point now) {
    for (auto& array : arrays_) {
      for (const int task : tasks_in(array.folder, kBegun)) {
        const auto job = array.jobs.find(task);
        if (job == array.jobs.end() || job->second->begun) continue;
        any_sign_ = take_up_begin(array, task) || any_sign_;
      }
      for (const int task : tasks_in(array.folder, kEnded)) {
        const auto job = array.jobs.find(task);
        if (job == array.jobs.end() || job->second->end) continue;
        take_up_end(array, task, now, patience_);
      }
    }
    // Disks that are slow to list are looked at less often.
    next_look_ = Clock::now() + std::max(patience_.look_every, kShareOfAsking * since(now));
  }

  void ask(Clock::time_point now) {
    const auto reports = commands_.reports();
    next_question_ = Clock::now() + std::max(patience_.ask_every, kShareOfAsking * since(now));
    if (!reports) {
      if (!silent_) say("the Slurm controller does not answer; jobs go on meanwhile");
      silent_ = true;
      return;
    }
    if (silent_) say("the Slurm controller answers again");
    silent_ = false;
    std::map<std::pair<std::string, int>, const SlurmReport*> by_task;
    for (const auto& report : *reports) by_task[{report.name, report.index}] = &report;
    for (auto& array : arrays_) take_up_reports(array, by_task);
  }

  void take_up_reports(SlurmJobs& array,
                       const std::map<std::pair<std::string, int>, const SlurmReport*>& by_task) {
    if (array.number.empty() && !array.was_tried) return;
    const auto now = Clock::now();
    for (auto& [task, job] : array.jobs) {
      if (job->end) continue;
      const auto found = by_task.find({job_name_of(array.token), task});
      const auto* report = found == by_task.end() ? nullptr : found->second;
      if (report != nullptr && array.number.empty()) {
        array.number = report->job;  // sbatch was heard, its answer was not
        write_job_number(array.folder, array.number);
      }
      if (report == nullptr && array.number.empty() && !array.arguments.empty()) {
        if (array.submit_at == Clock::time_point::max()) array.submit_at = now + kTryAgain;
        return;
      }
      take_up_report(array, task, report, now, patience_, any_sign_);
      // Whoever carries it out all the same finds that it is no longer his.
      if (job->end) fs::remove(job->stage_folder / kAttemptFile);
    }
  }

  // Jobs that ended are no longer ours to watch. Files of an array without a fault are not needed.
  void forget_what_ended() {
    for (auto array = arrays_.begin(); array != arrays_.end();) {
      if (array->open_jobs() > 0) {
        ++array;
        continue;
      }
      const bool faultless = std::all_of(array->jobs.begin(), array->jobs.end(), [](auto& job) {
        const auto& end = *job.second->end;
        return end.code == 0 && end.signal == 0 && end.lost.empty();
      });
      std::error_code ignored;  // gc finds what is left
      if (faultless && array->jobs.size() == array->all_tasks) {
        fs::remove_all(array->folder, ignored);
      }
      array = arrays_.erase(array);
    }
  }

  void say(const std::string& what) { news_ = what; }

  static milliseconds since(Clock::time_point then) {
    return std::chrono::duration_cast<milliseconds>(Clock::now() - then);
  }

  SlurmPlaces places_;
  SlurmSettings settings_;
  SlurmCommands commands_;
  SlurmPatience patience_;
  SlurmLimits limits_;
  std::size_t most_jobs_ = 0;
  std::size_t open_jobs_ = 0;  ///< without an end; counted once a turn
  std::vector<Waiting> waiting_;
  std::list<SlurmJobs> arrays_;  ///< that have a job without an end
  Clock::time_point next_look_{}, next_question_{}, next_signals_{};
  bool silent_ = false;
  bool any_sign_ = false;
  std::optional<std::string> news_;
};

SlurmLauncher::SlurmLauncher(SlurmPlaces places, SlurmSettings settings, SlurmCommands commands,
                             SlurmPatience patience)
    : impl_(std::make_unique<Impl>(std::move(places), std::move(settings), std::move(commands),
                                   patience)) {}

SlurmLauncher::~SlurmLauncher() = default;

std::unique_ptr<RunningStage> SlurmLauncher::start(const StageStart& stage,
                                                   exchange::FolderLock lock) {
  return std::make_unique<RunningSlurmStage>(impl_->start(stage, std::move(lock)));
}

std::unique_ptr<RunningStage> SlurmLauncher::attach(const fs::path& stage_folder) {
  auto job = impl_->attach(stage_folder);
  return job ? std::make_unique<RunningSlurmStage>(std::move(job)) : nullptr;
}

std::optional<std::string> SlurmLauncher::attend() {
  return impl_->attend();
}

std::optional<std::size_t> SlurmLauncher::room() const {
  const auto open = impl_->open_jobs(), most = impl_->most_jobs();
  return open < most ? most - open : 0;
}

}  // namespace bench::runner
