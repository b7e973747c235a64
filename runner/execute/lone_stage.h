#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <stdexcept>

#include "runner/launch/launcher.h"
#include "stages/exchange/events.h"
#include "stages/exchange/request.h"
#include "stages/exchange/result.h"

namespace bench::runner {

/// A stage that ended without a result: its own words.
class StageFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Who looks on while a stage works.
struct LoneStageWatch {
  const std::atomic<bool>& interrupted;  ///< set from outside: the stage is ended
  std::function<void(const exchange::Progress&)> progressed = [](const auto&) {};
};

/// Carries out one stage that is on nobody's record, in a temporary folder that is removed.
/// \returns its result, or nothing if it was interrupted. \throws StageFailed
std::optional<exchange::StageResult> carry_out_alone(StageLauncher& launcher,
                                                     const exchange::StageRequest& request,
                                                     const LoneStageWatch& watch);

}  // namespace bench::runner
