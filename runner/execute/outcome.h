#pragma once

#include <filesystem>

#include "runner/execute/executor.h"
#include "runner/launch/launcher.h"

namespace bench::runner {

struct StageVerdict {
  StageState state;
  std::string reason;
  bool out_of_memory = false;  ///< with fewer neighbors it may succeed
};

/// What a stage that ended without a result was: failed (the method) or lost (the machine), and
/// why, from its own words or the last line of its log.
StageVerdict judge(const StageExit& ended, const std::filesystem::path& stage_folder);

}  // namespace bench::runner
