#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "runner/launch/launcher.h"
#include "stages/exchange/request.h"
#include "stages/exchange/result.h"

namespace bench::runner {

/// What a stage does, given its folder and its request: writes what it likes and ends.
using StageScript =
    std::function<StageExit(const std::filesystem::path&, const exchange::StageRequest&)>;

/// Writes a result that fits the kind: a search finds "PF|FP", an evaluation scores two images,
/// a training leaves a curve and a file.
StageExit succeed(const std::filesystem::path& folder, const exchange::StageRequest& request);

/// Writes failure.json and ends with 1.
StageScript failing(const std::string& reason);

/// Ends by a signal.
StageScript ended_by(int signal);

/// Stages without processes. Each takes a few polls, so that several are seen side by side.
class FakeLauncher : public StageLauncher {
 public:
  std::unique_ptr<RunningStage> start(const StageStart& stage, exchange::FolderLock lock) override;

  /// By the stage's name, used up one a start; afterwards, and for the others, `succeed`.
  std::map<std::string, std::vector<StageScript>> scripts;
  int polls = 2;                     ///< after so many a stage ends
  bool obeys = true;                 ///< ends with 130 when it is interrupted
  std::vector<std::string> started;  ///< names in order
  std::vector<exchange::StageRequest> requests;
  /// For each start, the names that ran then, itself included.
  std::vector<std::vector<std::string>> beside;
  int interrupts = 0, kills = 0;

 private:
  friend class FakeStage;
  std::vector<std::string> running_;
};

}  // namespace bench::runner
