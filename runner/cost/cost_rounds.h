#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "metrics/complexity_record.h"
#include "verdicts/gate/cost_baseline.h"

namespace bench::runner {

/// One measurement of one side: a process of its own. Nothing if it was interrupted.
using MeasureOnce = std::function<std::optional<metrics::ComplexityRecord>()>;

/// Measures one or two sides in rounds: in every round each side once, right after each other, the
/// side that goes first alternating, and the yardstick before and after. A round's latency is the
/// median of its repetitions.
/// \returns the figures of each side, or nothing if a measurement was interrupted. A figure that
///          is not positive in every round (the memory of a method that needs none) is left out.
std::optional<std::vector<verdicts::CostFigures>> cost_rounds(
    const std::vector<MeasureOnce>& sides, int rounds, const std::function<double()>& yardstick);

}  // namespace bench::runner
