#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reports/content/table.h"

/// The statistics that a report asks for; the only file here that speaks to bench_statistics.
namespace bench::reports {

/// How marks are to be read: a sentence for the caption of a table that has them.
std::string marks_explained();

struct Comparison {
  std::vector<Mark> marks;            ///< one for each contestant
  std::vector<std::string> warnings;  ///< what the test cannot show, e.g. for want of images
};

/// Marks the contestants of one column by sign-flip tests paired over images, corrected for all
/// pairs at 5 % (metrics/statistics/best_of_table.h): best only if better than every other, second
/// only if there is a best, and it is better than every one behind it, and there is one behind it.
///
/// \param scores  [contestant][image], the same images in the same order for all, mean over
///                seeds, one protocol
Comparison compare_contestants(const std::vector<std::vector<double>>& scores,
                               bool higher_is_better);

/// Sample deviation. Absent for fewer than two values: one value has no deviation.
std::optional<double> sample_deviation(std::span<const double> values);

/// 95 % t interval of the mean of `values`; absent for fewer than two.
std::optional<Interval> t_interval_95(std::span<const double> values);

/// What independent fair coins give: the expected number of heads and the central interval that
/// holds at least 95 %.
struct FairCoins {
  double expected;
  Interval interval_95;
};
/// \param coins  at least 1
FairCoins fair_coins(int coins);

}  // namespace bench::reports
