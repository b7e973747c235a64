#include "runner/launch/slurm_jobs.h"

#include <algorithm>

#include "stages/exchange/request.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

// How long a job that runs, says Slurm, may give no sign of life, in terms of one that Slurm does
// not know: its node may be cut off for a while, and Slurm itself takes minutes to notice.
constexpr int kLongSilence = 10;

// Lists the folder: a network file system then looks anew at what it took for missing.
bool has_result(const fs::path& stage_folder) {
  std::error_code error;
  for (fs::directory_iterator it(stage_folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().filename() == exchange::kResultFile) return true;
  }
  return false;
}

void look_for_signs(const SlurmJobs& array, int task, SlurmJob& job, SlurmClock::time_point now) {
  const auto sign = last_sign(array.folder, task);
  if (!sign || sign == job.sign) return;
  job.sign = sign;
  job.sign_seen = now;
}

StageExit end_by(const SlurmJobs& array, int task, const SlurmReport& report, const SlurmJob& job,
                 bool any_sign) {
  const std::string at = report.nodes.empty() ? "" : " on " + report.nodes;
  const std::string which = "Slurm job " + array.name_of(task) + at;
  const std::string why = report.reason.empty() ? "" : ", " + report.reason;
  if (report.state == "TIMEOUT" || report.state == "DEADLINE") {
    return {.lost = which + " reached its time limit"};
  }
  if (report.state == "OUT_OF_MEMORY") {
    return {.lost = which + " needed more memory than it had asked for", .out_of_memory = true};
  }
  if (report.state == "NODE_FAIL" || report.state == "BOOT_FAIL") {
    return {.lost = which + ": the node failed"};
  }
  if (report.state == "CANCELLED" || report.state == "PREEMPTED") {
    return {.lost = which + " was cancelled (" + report.state + why + ")"};
  }
  const std::string silent = which + " ended (" + report.state + why + ") without a word";
  const auto log = array.folder / ("task-" + std::to_string(task) + ".log");
  if (job.begun || any_sign) return {.lost = silent + "; its log: " + log.string()};
  return {.lost = silent +
                  ". Are the store, bench and bench-stage on a file system that all nodes "
                  "share? Its log: " +
                  log.string(),
          .would_be_lost_again = true};
}

}  // namespace

std::string SlurmJobs::name_of(int task) const {
  return as_array ? number + "_" + std::to_string(task) : number;
}

std::size_t SlurmJobs::open_jobs() const {
  return static_cast<std::size_t>(std::count_if(
      jobs.begin(), jobs.end(), [](const auto& job) { return !job.second->end.has_value(); }));
}

bool take_up_begin(SlurmJobs& array, int task) {
  SlurmJob& job = *array.jobs.at(task);
  const auto mark = read_begun(array.folder, task);
  if (!mark) return false;
  job.begun = true;
  job.place = "Slurm job " + mark->job + " on " + mark->node;
  return true;
}

void take_up_end(SlurmJobs& array, int task, SlurmClock::time_point now,
                 const SlurmPatience& patience) {
  SlurmJob& job = *array.jobs.at(task);
  auto end = read_ended(array.folder, task);
  if (!end) return;
  if (!job.over_since) job.over_since = now;
  const bool should_have_result = end->code == 0 && end->signal == 0 && end->lost.empty();
  if (!has_result(job.stage_folder) && should_have_result &&
      now - *job.over_since < patience.for_files) {
    return;
  }
  job.end = std::move(end);
}

void take_up_report(SlurmJobs& array, int task, const SlurmReport* report,
                    SlurmClock::time_point now, const SlurmPatience& patience, bool any_sign) {
  SlurmJob& job = *array.jobs.at(task);
  if (report == nullptr || report->state == "RUNNING") look_for_signs(array, task, job, now);
  if (report == nullptr) {
    if (!job.unknown_since) job.unknown_since = now;
    const auto quiet_since = std::max(*job.unknown_since, job.sign_seen);
    const auto limit = job.begun ? patience.for_signs : patience.for_files;
    if (now - quiet_since > limit) {
      job.end = {.lost = "Slurm does not know its job any more, and it gives no sign of life"};
    }
    return;
  }
  job.unknown_since.reset();
  if (!is_over(report->state)) {
    job.over_since.reset();
    const bool silent = job.begun && report->state == "RUNNING" && job.sign &&
                        now - job.sign_seen > kLongSilence * patience.for_signs;
    if (silent) job.end = {.lost = job.place + " gives no sign of life"};
    return;
  }
  if (!job.over_since) job.over_since = now;
  if (read_ended(array.folder, task)) return;  // it has said how; its result is on its way
  // What never began has no files to wait for, but those of a first sign may be on their way.
  const auto limit = job.begun ? patience.for_files : patience.for_files / 4;
  if (now - *job.over_since >= limit) job.end = end_by(array, task, *report, job, any_sign);
}

}  // namespace bench::runner
