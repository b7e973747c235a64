#include "reports/comparison.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

namespace bench::reports {
namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Comparison compare_contestants(const std::vector<std::vector<double>>& scores,
                               bool /*higher_is_better*/) {
  return {std::vector<Mark>(scores.size(), Mark::kNone), "Differences were not tested."};
}

std::optional<double> sample_deviation(std::span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::optional<Interval> t_interval_95(std::span<const double> values) {
  const auto deviation = sample_deviation(values);
  if (!deviation || !std::isfinite(*deviation)) return std::nullopt;
  const auto n = static_cast<double>(values.size());
  const double quantile = boost::math::quantile(boost::math::students_t(n - 1), 0.975);
  const double half_width = quantile * *deviation / std::sqrt(n);
  const double mean = mean_of(values);
  return Interval{mean - half_width, mean + half_width};
}

FairCoins fair_coins(int coins) {
  const boost::math::binomial distribution(coins, 0.5);
  // The discrete quantiles round outwards, so that the interval holds at least 95 %.
  return {coins / 2.0,
          {boost::math::quantile(distribution, 0.025), boost::math::quantile(distribution, 0.975)}};
}

}  // namespace bench::reports
