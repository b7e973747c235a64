#include "metrics/statistics/median_interval.h"

#include <algorithm>
#include <vector>

#include "metrics/statistics/distributions.h"

namespace bench::statistics {

std::optional<Interval> median_interval(std::span<const double> values, double confidence) {
  require_sample("median_interval", values, 1);
  require_level("median_interval", confidence);
  const int n = static_cast<int>(values.size());
  const auto missed = [n](int left_out) { return 2.0 * fair_binomial_cdf(left_out, n); };
  int left_out = -1;  // at each end
  while (2 * (left_out + 2) < n && missed(left_out + 1) <= 1.0 - confidence) ++left_out;
  if (left_out < 0) return std::nullopt;
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const auto rank = static_cast<std::size_t>(left_out);
  return Interval{sorted[rank], sorted[sorted.size() - 1 - rank], 1.0 - missed(left_out)};
}

}  // namespace bench::statistics
