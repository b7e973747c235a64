#pragma once

#include <optional>
#include <span>

#include "metrics/statistics/sample.h"

namespace bench::statistics {

/// Distribution-free interval of a median: between the two order statistics, equally far from the
/// ends, that are nearest to each other and still cover it with at least `confidence` (the sign
/// test turned round). Its `confidence` is the one that it really has.
/// \returns nothing where even smallest and largest value cover less: below 6 values for 0.95
/// \throws StatisticsError for an empty or non-finite sample
std::optional<Interval> median_interval(std::span<const double> values, double confidence = 0.95);

}  // namespace bench::statistics
