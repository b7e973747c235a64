#include "metrics/statistics/sign_test.h"

#include <algorithm>
#include <cmath>

#include "metrics/statistics/distributions.h"

namespace bench::statistics {

SignTest sign_test(std::span<const double> differences, Alternative alternative) {
  require_sample("sign_test", differences, 1);
  SignTest test;
  for (const double difference : differences) {
    if (difference > 0.0) ++test.positive;
    if (difference < 0.0) ++test.negative;
  }
  const int n = test.positive + test.negative;
  if (n == 0) return test;
  const double sides = alternative == Alternative::kTwoSided ? 2.0 : 1.0;
  // P(X >= positive) = P(X <= negative): the fair binomial is symmetric.
  const int other = alternative == Alternative::kGreater ? test.negative
                    : alternative == Alternative::kLess  ? test.positive
                                                         : std::min(test.positive, test.negative);
  test.p = std::min(1.0, sides * fair_binomial_cdf(other, n));
  test.smallest_p = std::min(1.0, sides * std::exp2(-static_cast<double>(n)));
  return test;
}

}  // namespace bench::statistics
