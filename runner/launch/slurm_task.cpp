#include "runner/launch/slurm_task.h"

#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "runner/launch/process_launcher.h"
#include "runner/launch/slurm_array.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto kSignOfLife = std::chrono::seconds(10);
constexpr auto kWaitForFolder = std::chrono::seconds(60);

std::string text_of(const char* variable) {
  const char* text = std::getenv(variable);
  return text ? text : "";
}

std::string node_name() {
  if (auto name = text_of("SLURMD_NODENAME"); !name.empty()) return name;
  char name[256] = {};
  return ::gethostname(name, sizeof(name) - 1) == 0 ? name : "unknown";
}

std::string job_text(int task) {
  const auto array = text_of("SLURM_ARRAY_JOB_ID");
  return array.empty() ? text_of("SLURM_JOB_ID") : array + "_" + std::to_string(task);
}

/// One task of an array.
class SlurmTask {
 public:
  SlurmTask(fs::path folder, std::string token, int task, const std::atomic<bool>& interrupted)
      : folder_(std::move(folder)),
        token_(std::move(token)),
        task_(task),
        interrupted_(interrupted) {}

  /// \throws std::runtime_error
  StageExit carry_out(const fs::path& stage_program) {
    stage_ = stage_folder();
    write_begun(folder_, task_, {.node = node_name(), .job = job_text(task_)});
    if (!is_mine()) return {.lost = "another attempt has taken its place"};
    auto lock = wait_for_lock();
    if (!lock) {
      return {.lost = "process " + exchange::holder_of(stage_) + " still writes its folder"};
    }
    ProcessLauncher launcher(stage_program);
    const auto running = launcher.start({.folder = stage_}, std::move(*lock));
    return end_of(*running);
  }

 private:
  fs::path stage_folder() const {
    const auto array = read_array(folder_);
    if (!array) {
      throw std::runtime_error(folder_.string() +
                               ": cannot be read on this node. Is the store on a file system that "
                               "all nodes share?");
    }
    const bool fits = array->token == token_ && task_ >= 0 &&
                      static_cast<std::size_t>(task_) < array->stage_folders.size();
    if (!fits) throw std::runtime_error(folder_.string() + ": not the array of this job");
    return array->stage_folders[static_cast<std::size_t>(task_)];
  }

  bool is_mine() const { return read_attempt(stage_) == AttemptMark{token_, task_}; }

  // An earlier attempt may be dying just now.
  std::optional<exchange::FolderLock> wait_for_lock() const {
    const auto deadline = Clock::now() + kWaitForFolder;
    for (;;) {
      auto lock = exchange::FolderLock::take(stage_);
      if (lock || Clock::now() > deadline || interrupted_ || !is_mine()) return lock;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }

  StageExit end_of(RunningStage& running) {
    bool told = false;
    auto next_sign = Clock::now() + kSignOfLife;
    for (;;) {
      if (const auto end = running.poll()) return *end;
      if (interrupted_ && !told) {
        told = true;
        running.interrupt();
      }
      if (Clock::now() > next_sign) {
        next_sign = Clock::now() + kSignOfLife;
        touch_begun(folder_, task_);
        // The executor took this node for lost, and another one has the stage now.
        if (!is_mine()) running.kill();
      }
      pollfd end{.fd = running.end_descriptor(), .events = POLLIN, .revents = 0};
      ::poll(&end, 1, 500);
    }
  }

  fs::path folder_, stage_;
  std::string token_;
  int task_;
  const std::atomic<bool>& interrupted_;
};

}  // namespace

int carry_out_slurm_task(const fs::path& folder, const std::string& token, int task,
                         const fs::path& stage_program, const std::atomic<bool>& interrupted) {
  const StageExit end = SlurmTask(folder, token, task, interrupted).carry_out(stage_program);
  write_ended(folder, task, end);
  constexpr int kLost = 75;  // EX_TEMPFAIL: for Slurm's own records
  if (!end.lost.empty()) return kLost;
  return end.signal != 0 ? 128 + end.signal : end.code;
}

}  // namespace bench::runner
