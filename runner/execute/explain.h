#pragma once

#include <string>
#include <vector>

#include "runner/execute/executor.h"

namespace bench::runner {

/// Why a stage of the plan is or is not up to date, a sentence a line: that its result is there,
/// what of it is damaged, what it waits for, and in what it differs from the last stage of its name
/// that the store holds: setting, input, images, folder of the code, program.
/// \param outcomes  from look_up
std::vector<std::string> explain(const Plan& plan, const std::vector<StageOutcome>& outcomes,
                                 std::size_t stage, const StageStore& store);

}  // namespace bench::runner
