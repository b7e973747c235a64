#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reports/content/table.h"

/// The statistics that a report asks for; the only file here that speaks to bench_statistics.
namespace bench::reports {

/// What marks mean and of what they speak, in whole sentences.
/// \param inference  Study::inference
std::string marks_explained(const std::string& inference);

/// The same as part of a caption: "marks: methods, on images like these".
std::string marks_scope(const std::string& inference);

/// One contestant of a column.
struct ContestantScores {
  std::string label;
  std::vector<std::int64_t> seeds;
  std::vector<std::vector<double>> by_seed;  ///< [seed][image], images in one order for all
  bool is_trained = true;                    ///< else one seed has no chance in it
};

/// The best mean against the next one, on one column.
struct Lead {
  std::size_t best;
  std::size_t second;
  double difference;                 ///< of the means, positive
  std::optional<Interval> interval;  ///< 95 %, of the difference
  std::optional<double> p;           ///< of these two alone; absent where nothing can be said
  double share_better;               ///< of trainings and images on which the best scores higher
  std::optional<Interval> share_interval;
  std::string power;  ///< "3 seeds can show 0.41 dB here; 10 seeds would show 0.17 dB.", or why not
};

struct Comparison {
  std::vector<Mark> marks;            ///< one for each contestant
  std::vector<std::string> warnings;  ///< what the test cannot show, e.g. for want of seeds
  std::optional<Lead> lead;           ///< absent for one contestant
};

/// How a difference is written in `Lead::power`.
struct MetricText {
  std::string unit = {};  ///< "dB", "" for none
  int decimals = 2;
  bool higher_is_better = true;
};

/// Marks the contestants of one column by what `inference` speaks of
/// (metrics/statistics/table_standing.h): best only if better than every other; second only if
/// there is a best, and it is better than every one behind it, and there is one behind it.
Comparison compare_contestants(const std::vector<ContestantScores>& contestants,
                               const MetricText& metric, const std::string& inference);

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
