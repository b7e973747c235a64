#include "runner/launch/slurm_leftovers.h"

#include "runner/launch/slurm_array.h"

namespace bench::runner {
namespace {

bool may_still_run(const std::filesystem::path& folder, const SlurmArray& array, int task) {
  if (read_ended(folder, task)) return false;
  const auto& stage = array.stage_folders[static_cast<std::size_t>(task)];
  return read_attempt(stage) == AttemptMark{array.token, task};
}

}  // namespace

std::vector<std::string> jobs_left(const std::filesystem::path& store,
                                   const std::vector<std::filesystem::path>& stage_folders) {
  std::vector<std::string> jobs;
  for (const auto& stage : stage_folders) {
    const auto mark = read_attempt(stage);
    if (!mark) continue;
    const auto folder = array_folder(store, mark->token);
    const auto number = read_job_number(folder);
    if (number.empty() || read_ended(folder, mark->task)) continue;
    jobs.push_back(number + "_" + std::to_string(mark->task));
  }
  return jobs;
}

std::vector<std::filesystem::path> arrays_of_no_use(const std::filesystem::path& store) {
  std::vector<std::filesystem::path> folders;
  std::error_code error;
  for (std::filesystem::directory_iterator it(store / "slurm", error), end; !error && it != end;
       it.increment(error)) {
    const auto array = read_array(it->path());
    bool is_needed = false;
    for (std::size_t task = 0; array && task < array->stage_folders.size(); ++task) {
      is_needed = is_needed || may_still_run(it->path(), *array, static_cast<int>(task));
    }
    if (!is_needed) folders.push_back(it->path());
  }
  return folders;
}

}  // namespace bench::runner
