#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runner/launch/slurm_arguments.h"
#include "runner/launch/slurm_array.h"
#include "runner/launch/slurm_commands.h"

// Internal to runner/launch: what the launcher knows of its jobs, and what it concludes.

namespace bench::runner {

using SlurmClock = std::chrono::steady_clock;

/// One stage as a task of an array.
struct SlurmJob {
  std::filesystem::path stage_folder;
  SlurmNeeds needs;
  std::string place;  ///< "Slurm job 12_3 on n1", as far as it is known
  bool begun = false;
  std::optional<StageExit> end;

  bool must_stop = false, must_die = false;      ///< asked for,
  bool told_to_stop = false, cancelled = false;  ///< and handed to Slurm

  std::optional<SlurmClock::time_point> over_since;     ///< when Slurm first said that it is over,
  std::optional<SlurmClock::time_point> unknown_since;  ///< or that it knows no such job
  std::optional<std::filesystem::file_time_type> sign;  ///< its last sign of life,
  SlurmClock::time_point sign_seen{};                   ///< and when that was seen to change
};

/// The tasks of one array that this launcher watches, by number.
struct SlurmJobs {
  std::string token;
  std::filesystem::path folder;
  std::string number;                  ///< Slurm's; "" as long as it is not known
  std::vector<std::string> arguments;  ///< of sbatch; none if another launcher submitted it
  SlurmClock::time_point submit_at{};  ///< the next try, while there is no number
  bool was_tried = false;              ///< sbatch was called, and may have been heard
  bool as_array = true;
  std::size_t all_tasks = 0;
  std::map<int, std::shared_ptr<SlurmJob>> jobs;

  std::string name_of(int task) const;  ///< "12_3"
  std::size_t open_jobs() const;        ///< that have no end yet
};

/// Takes up what a job's files say. \returns whether there was any sign of the job.
bool take_up_begin(SlurmJobs& array, int task);

/// The same of its end. A result that a network file system does not show yet is waited for.
void take_up_end(SlurmJobs& array, int task, SlurmClock::time_point now,
                 const SlurmPatience& patience);

/// Takes up what Slurm says of a job, or that it says nothing of it.
/// \param any_sign  whether any job of this launcher has ever given a sign
void take_up_report(SlurmJobs& array, int task, const SlurmReport* report,
                    SlurmClock::time_point now, const SlurmPatience& patience, bool any_sign);

}  // namespace bench::runner
