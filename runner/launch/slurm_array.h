#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runner/launch/launcher.h"

/// The files through which an executor and its Slurm jobs speak, on the file system they share:
///
///     STORE/slurm/TOKEN/array.json   which stages the tasks of one array carry out
///                       job          the array's number, once Slurm has given it one
///                       begun/I      task I has begun, where; touched while it runs
///                       ended/I      how task I ended
///                       task-I.log   what Slurm and the task itself had to say
///     STORE/store/ab/cdef.../attempt.json   token and task that may carry out this stage
///
/// The token names one attempt: a job that finds another one in its stage's folder came too late
/// and does nothing. Numbers of jobs alone name nothing: a controller that was killed gives them
/// out again.
namespace bench::runner {

struct SlurmArray {
  std::string token;
  std::vector<std::filesystem::path> stage_folders;  ///< by task, absolute
};

/// The file in a stage's folder.
struct AttemptMark {
  std::string token;
  int task = 0;
  friend bool operator==(const AttemptMark&, const AttemptMark&) = default;
};

struct BegunMark {
  std::string node;
  std::string job;  ///< "12_3"
};

inline constexpr const char* kAttemptFile = "attempt.json";

std::string new_attempt_token();

/// The name of an array's job in Slurm.
std::string job_name_of(const std::string& token);

std::filesystem::path array_folder(const std::filesystem::path& store, const std::string& token);

/// Makes the folder of an array, and marks the folders of its stages as those of this attempt.
void write_array(const std::filesystem::path& folder, const SlurmArray& array);

/// Nothing if there is none, or it is damaged.
std::optional<SlurmArray> read_array(const std::filesystem::path& folder);

void write_job_number(const std::filesystem::path& folder, const std::string& job);
std::string read_job_number(const std::filesystem::path& folder);  ///< "" if there is none

std::optional<AttemptMark> read_attempt(const std::filesystem::path& stage_folder);

void write_begun(const std::filesystem::path& folder, int task, const BegunMark& mark);
std::optional<BegunMark> read_begun(const std::filesystem::path& folder, int task);
/// A sign of life of a task that has begun.
void touch_begun(const std::filesystem::path& folder, int task);
std::optional<std::filesystem::file_time_type> last_sign(const std::filesystem::path& folder,
                                                         int task);

void write_ended(const std::filesystem::path& folder, int task, const StageExit& end);
std::optional<StageExit> read_ended(const std::filesystem::path& folder, int task);

/// The tasks that have a file in begun/ or ended/.
std::vector<int> tasks_in(const std::filesystem::path& folder, const char* kind);
inline constexpr const char* kBegun = "begun";
inline constexpr const char* kEnded = "ended";

}  // namespace bench::runner
