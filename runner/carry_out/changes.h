#pragma once

#include <string>
#include <vector>

#include "runner/carry_out/carry_out.h"

// Internal to runner/carry_out.

namespace bench::runner {

/// What a run that is not on record yet asks otherwise than the last one of the same experiment and
/// profile did, as lines for people; none if it is on record, or the first.
std::vector<std::string> changes_since_last(const CheckedRun& run, const RunRequest& request);

}  // namespace bench::runner
