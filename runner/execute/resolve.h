#pragma once

#include <optional>
#include <vector>

#include "runner/execute/executor.h"

namespace bench::runner {

/// What a stage's key is made of, once the outcomes of its inputs are known; nothing while one of
/// them has no result.
std::optional<KeyParts> resolve(const PlannedStage& stage,
                                const std::vector<StageOutcome>& outcomes);

}  // namespace bench::runner
