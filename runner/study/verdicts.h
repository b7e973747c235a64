#pragma once

#include <vector>

#include "reports/study.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// What the study's numbers say of each claim of the experiment. A claim that the experiment
/// itself calls untestable at this budget stays so, with its reason.
std::vector<reports::ClaimVerdict> verdicts(const Experiment& experiment,
                                            const reports::Study& study);

}  // namespace bench::runner
