#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "reports/write_report.h"
#include "runner/execute/stage_store.h"
#include "runner/experiment/experiment.h"
#include "runner/launch/slurm_settings.h"
#include "runner/plan/plan.h"

/// The whole of `bench run`, in the order in which it happens.
namespace bench::runner {

struct RunRequest {
  std::filesystem::path experiment_file;
  std::string profile;               ///< empty: the experiment's own
  std::vector<std::uint64_t> seeds;  ///< empty: the experiment's own
  std::vector<std::string> overrides;
  std::filesystem::path store;          ///< empty: .bench beside the project
  std::filesystem::path report_folder;  ///< empty: results/NAME beside the project
  std::int64_t threads = 0;             ///< 0: as many as the machine has
  std::string command_line;
  exchange::CheckpointInterval checkpoint = {};  ///< of searches and trainings
  std::chrono::milliseconds stage_timeout{0};    ///< of each stage; 0: none
  std::chrono::milliseconds run_timeout{0};      ///< of the whole; 0: none
  std::chrono::milliseconds patience{20'000};    ///< with a stage that was asked to stop
  std::chrono::minutes silence{10};  ///< a stage that says nothing for so long is noticed
  bool fail_fast = false;            ///< the first bad stage ends the others
  std::string launcher;              ///< "local" or "slurm"; empty: the profile's own
  bool keep_failures = false;        ///< what failed in this run before is not tried again
  SlurmSettings slurm;               ///< in place of the profile's settings of the same key
};

/// A request with all defaults filled in and everything checked that can be before work starts.
struct CheckedRun {
  Experiment experiment;
  const Profile* profile = nullptr;  ///< of `experiment`
  std::vector<std::uint64_t> seeds;
  std::filesystem::path project;  ///< the folder that holds experiments/
  std::filesystem::path store;
  std::filesystem::path report_folder;
  std::filesystem::path data_root;  ///< may be missing where only embedded data is used
  Plan plan;                        ///< with all that decides its keys
  std::string run_id;  ///< names what is asked: the same question of the same code is the same run
};

/// \throws BadInput; nothing has been created then.
std::unique_ptr<CheckedRun> check(const RunRequest& request);

/// Plans, runs what is missing, records, reports. \returns the exit code.
int carry_out(const CheckedRun& run, const RunRequest& request,
              const std::atomic<bool>& interrupted, std::ostream& out);

/// What is on record of a run. \throws db::UnknownRun
reports::Study study_of_run(const CheckedRun& run, const std::string& run_id);

/// Writes the report of a recorded run. \returns what it begins with
reports::AnswerTexts write_run_report(const CheckedRun& run, const std::string& run_id);

}  // namespace bench::runner
