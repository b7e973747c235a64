#pragma once

#include <vector>

#include "reports/content/study.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// What the study's numbers say of each claim of the experiment. A claim that the experiment
/// itself calls untestable stays so, with its reason; so does every claim under a profile whose
/// data and budget are not its source's, whatever was measured.
std::vector<reports::ClaimVerdict> verdicts(const Experiment& experiment, const Profile& profile,
                                            const reports::Study& study);

}  // namespace bench::runner
