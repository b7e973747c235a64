#pragma once

#include <optional>
#include <span>

#include "metrics/statistics/sample.h"

namespace bench::statistics {

/// A shift that a few wild pairs cannot move, with the interval that the signed-rank test gives.
struct ShiftEstimate {
  double shift = 0.0;
  std::optional<Interval> interval =
      {};  ///< empty where n is too small for the confidence asked for
};

/// Hodges-Lehmann estimate of the center of paired differences: the median of all means of two
/// (a difference with itself included). The interval inverts the signed-rank test: exact for
/// distinct ranks up to n = 25, normal above. \throws StatisticsError
ShiftEstimate hodges_lehmann_paired(std::span<const double> differences, double confidence = 0.95);

/// Hodges-Lehmann shift between two independent samples: the median of all a[i] - b[j].
/// \throws StatisticsError
double hodges_lehmann_shift(std::span<const double> a, std::span<const double> b);

}  // namespace bench::statistics
