#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "runner/launch/slurm_launcher.h"
#include "tests/temporary_folder.h"

namespace bench::runner {

/// sbatch, squeue, scancel and scontrol as small scripts, first in PATH, that note how they were
/// called and answer what the test says; with a store whose jobs are played by the test. Their
/// complaints are those of Slurm 22.05.
class FakeSlurm {
 public:
  FakeSlurm();
  ~FakeSlurm();
  FakeSlurm(const FakeSlurm&) = delete;
  FakeSlurm& operator=(const FakeSlurm&) = delete;

  /// A file that the scripts look for: "down", "array_size", "refusal", "deaf".
  void write(const std::string& name, const std::string& text) const { folder_.write(name, text); }
  void remove(const std::string& name) const { std::filesystem::remove(at(name)); }
  std::filesystem::path at(const std::string& name) const { return folder_.path() / name; }

  /// The calls of a command so far, each as its words.
  std::vector<std::vector<std::string>> calls(const std::string& command) const;
  /// What follows `--NAME=` in the n-th call of sbatch; "" if it is not there.
  std::string option(std::size_t call, const std::string& name) const;
  /// The folder of the array of the n-th call of sbatch.
  std::filesystem::path array(std::size_t call = 0) const;

  /// What squeue knows from here on: (name, id, state, nodes, reason) a job.
  void queue(const std::vector<std::vector<std::string>>& jobs) const;
  /// The same of task `task` of the array that the n-th call of sbatch submitted, which got n + 1
  /// for its number.
  void queue(const std::string& state, const std::string& reason = "None", std::size_t call = 0,
             int task = 0) const;

  /// \param for_files  how long files may be on their way
  SlurmLauncher launcher(
      const SlurmSettings& settings = {},
      std::chrono::milliseconds for_files = std::chrono::milliseconds(200)) const;

  /// A stage with its folder and request, started.
  std::unique_ptr<RunningStage> start(SlurmLauncher& launcher, const std::string& name = "a",
                                      StageStart needs = {},
                                      const std::string& settings = "{}") const;
  std::filesystem::path folder_of(const std::string& stage) const;

 private:
  tests::TemporaryFolder folder_;
  std::string path_before_;
};

/// Attends to the launcher until `is_so`; half a minute at most.
/// \returns whether it became so.
template <typename Condition>
bool attend_until(SlurmLauncher& launcher, Condition is_so) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    launcher.attend();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace bench::runner
