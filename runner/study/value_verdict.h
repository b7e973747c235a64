#pragma once

#include "reports/content/study.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// Fills in what the study measured for a claim of kind "value", and its verdict. Where data, noise
/// or protocol are not those of the claim, the verdict is "not testable here" and the reason names
/// the first that differs; a number of the claim's own set and protocol is shown all the same.
/// \param verdict  comes with what the claim itself says
void judge_value(const Claim& claim, const Experiment& experiment, const Profile& profile,
                 const reports::Study& study, reports::ClaimVerdict& verdict);

}  // namespace bench::runner
