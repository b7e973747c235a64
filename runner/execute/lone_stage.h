#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <stdexcept>

#include "runner/launch/launcher.h"
#include "stage_files/events.h"
#include "stage_files/request.h"
#include "stage_files/result.h"

namespace bench::runner {

/// A stage that ended without a result: its own words.
class StageFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Who looks on while a stage works.
struct LoneStageWatch {
  const std::atomic<bool>& interrupted;  ///< set from outside: the stage is ended
  std::function<void(const stage_files::Progress&)> progressed = [](const auto&) {};
};

/// Carries out one stage that is on nobody's record, in a temporary folder that is removed.
/// \returns its result, or nothing if it was interrupted. \throws StageFailed
std::optional<stage_files::StageResult> carry_out_alone(StageLauncher& launcher,
                                                        const stage_files::StageRequest& request,
                                                        const LoneStageWatch& watch);

}  // namespace bench::runner
