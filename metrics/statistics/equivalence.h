#pragma once

#include <span>

#include "metrics/statistics/sample.h"

namespace bench::statistics {

/// Two one-sided t tests (Schuirmann 1987): "the mean difference lies within +-margin".
struct EquivalenceTest {
  double p_not_below = 1.0;  ///< of "mean > -margin" against "mean <= -margin"
  double p_not_above = 1.0;  ///< of "mean < margin" against "mean >= margin"
  double p = 1.0;            ///< the larger of both
  bool equivalent = false;   ///< p <= level
  Interval interval = {};    ///< 1 - 2 level: inside +-margin exactly where `equivalent`
};

/// \param differences  paired, e.g. in dB. \param margin  > 0, in their unit.
/// \param level  probability of calling unlike methods equivalent.
/// A difference that is not significant is not thereby equivalent: this test shows it.
/// \throws StatisticsError for fewer than two differences or a margin that is not positive.
EquivalenceTest equivalence_test(std::span<const double> differences, double margin,
                                 double level = 0.05);

}  // namespace bench::statistics
