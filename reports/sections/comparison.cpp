#include "reports/sections/comparison.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "metrics/statistics/best_of_table.h"
#include "metrics/statistics/sample.h"
#include "metrics/statistics/t_test.h"

namespace bench::reports {
namespace {

Mark mark_of(const statistics::BestOfTable& standing, std::size_t index) {
  if (index == standing.best) return standing.best_is_supported ? Mark::kBest : Mark::kTied;
  // A second is only worth the line where the first place is decided, and somebody is behind it.
  if (standing.methods.size() > 2 && standing.best_is_supported && standing.second_is_supported &&
      standing.second == index) {
    return Mark::kSecond;
  }
  return standing.methods[index].distinguishable ? Mark::kNone : Mark::kTied;
}

}  // namespace

std::string marks_explained() {
  return "Bold: better than all other rows; underlined: better than all lower-ranked rows; ≈: not "
         "significantly different from the best (two-sided sign-flip test paired by image, scores "
         "averaged over seeds, 5 % level, corrected for multiple comparisons (Westfall-Young)).";
}

Comparison compare_contestants(const std::vector<std::vector<double>>& scores,
                               bool higher_is_better) {
  std::vector<statistics::MethodScores> methods;
  for (std::size_t i = 0; i < scores.size(); ++i) methods.push_back({std::to_string(i), scores[i]});
  const auto standing = statistics::compare_against_best(
      methods, higher_is_better ? statistics::Direction::kHigherIsBetter
                                : statistics::Direction::kLowerIsBetter);
  Comparison comparison{{}, standing.warnings};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    comparison.marks.push_back(mark_of(standing, i));
  }
  return comparison;
}

std::optional<double> sample_deviation(std::span<const double> values) {
  return statistics::deviation(values);
}

std::optional<Interval> t_interval_95(std::span<const double> values) {
  const auto interval = statistics::summarize(values).interval;
  if (!interval) return std::nullopt;
  return Interval{interval->low, interval->high};
}

FairCoins fair_coins(int coins) {
  const boost::math::binomial distribution(coins, 0.5);
  // The smallest count that is not in the lower 2.5 %; the upper end is its mirror image.
  int low = 0;
  while (boost::math::cdf(distribution, low) <= 0.025) ++low;
  return {coins / 2.0, {static_cast<double>(low), static_cast<double>(coins - low)}};
}

}  // namespace bench::reports
