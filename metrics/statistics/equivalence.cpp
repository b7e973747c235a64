#include "metrics/statistics/equivalence.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "metrics/statistics/t_test.h"

namespace bench::statistics {

EquivalenceTest equivalence_test(std::span<const double> differences, double margin, double level) {
  require_sample("equivalence_test", differences, 2);
  if (!(level > 0.0 && level < 0.5)) {
    throw StatisticsError("equivalence_test: the level lies between 0 and 0.5, got " +
                          std::to_string(level));
  }
  if (!(margin > 0.0) || !std::isfinite(margin)) {
    throw StatisticsError("equivalence_test: expected a positive margin, got " +
                          std::to_string(margin));
  }
  EquivalenceTest test;
  test.p_not_below = t_test(differences, -margin, Alternative::kGreater).p;
  test.p_not_above = t_test(differences, margin, Alternative::kLess).p;
  test.p = std::max(test.p_not_below, test.p_not_above);
  test.equivalent = test.p <= level;
  test.interval = *summarize(differences, 1.0 - 2.0 * level).interval;
  return test;
}

}  // namespace bench::statistics
