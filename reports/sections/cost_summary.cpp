#include "reports/sections/cost_summary.h"

#include <algorithm>

#include "metrics/statistics/median_interval.h"
#include "reports/sections/comparison.h"

namespace bench::reports {
namespace {

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// A single measurement says by its repetitions how sure it is; too few of them say nothing.
std::optional<Interval> interval_of_median(const std::vector<double>& repetitions) {
  const auto interval = statistics::median_interval(repetitions);
  if (!interval) return std::nullopt;
  return Interval{interval->low, interval->high};
}

}  // namespace

Number cost_number(const CostCell& cell) {
  std::vector<double> values;
  for (const auto& [seed, repetitions] : cell.by_seed) values.push_back(median_of(repetitions));
  double sum = 0;
  for (const double value : values) sum += value;
  Number number{.value = sum / static_cast<double>(values.size()),
                .n_seeds = static_cast<std::int64_t>(values.size())};
  const bool is_constant = std::all_of(values.begin(), values.end(),
                                       [&values](double value) { return value == values[0]; });
  if (is_constant) {
    number.value = values[0];
  } else {
    number.spread = sample_deviation(values);
  }
  if (values.size() == 1) number.interval = interval_of_median(cell.by_seed.begin()->second);
  return number;
}

}  // namespace bench::reports
