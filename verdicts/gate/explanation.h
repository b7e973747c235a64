#pragma once

#include <string>

#include "verdicts/gate/decision.h"

namespace bench::verdicts {

/// One paragraph: what was compared, what was found, and why the verdict follows.
std::string explain(const GateDecision& decision, const MeasuredScores& baseline, SeedRole role,
                    const GateOptions& options);

/// Which side has no images or no seeds.
std::string explain_nothing(const GateDecision& decision, const MeasuredScores& baseline);

/// The verdict's name with a capital, to open a paragraph.
std::string verdict_opening(GateVerdict verdict);

/// `value` with `digits` after the point and always a sign, e.g. "-0.052".
std::string signed_number(double value, int digits = 4);

}  // namespace bench::verdicts
