#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "stages/exchange/request.h"
#include "stages/exchange/settings.h"

namespace bench::stages {

/// A temporary folder of stage folders with a prepared task of embedded images in "data".
class StageFolders {
 public:
  explicit StageFolders(std::int64_t channels = 1);
  ~StageFolders();
  StageFolders(const StageFolders&) = delete;
  StageFolders& operator=(const StageFolders&) = delete;

  /// A folder with that request, reading the prepared data.
  std::filesystem::path make(const std::string& name, const std::string& kind,
                             const std::string& settings_json,
                             const exchange::CheckpointInterval& checkpoint = {}) const;

  std::filesystem::path path(const std::string& name) const { return root_ / name; }

  /// One more input of a stage whose folder was made: another one's folder.
  void add_input(const std::string& name, const std::string& role, const std::string& other) const;

  /// Scenes of the program's own, noise of sigma 50.
  static exchange::TaskSettings task(std::int64_t channels = 1);

 private:
  std::filesystem::path root_;
};

/// bench-stage on a folder, as the runner starts it. Killed and waited for at the end, if it runs.
class StageProcess {
 public:
  /// \param data_limit  in bytes, of its data (RLIMIT_DATA); 0: none
  explicit StageProcess(const std::filesystem::path& folder, std::int64_t data_limit = 0);
  ~StageProcess();
  StageProcess(const StageProcess&) = delete;
  StageProcess& operator=(const StageProcess&) = delete;

  /// Waits until the stage has said that `step` steps are done; false if it ended before.
  bool wait_for_step(std::int64_t step);

  void ask_to_stop(int signal);

  /// kill -9; false if it had ended by itself.
  bool kill();

  /// Waits for its end. \returns its exit code, or -1 if a signal ended it.
  int wait();

 private:
  bool has_ended();

  std::filesystem::path folder_;
  pid_t process_;
  bool ended_ = false;
  int status_ = 0;
};

}  // namespace bench::stages
