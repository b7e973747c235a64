#include "metrics/statistics/t_test.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "metrics/statistics/distributions.h"

namespace bench::statistics {
namespace {

/// difference / error, with the limits that a sample without spread has.
double t_ratio(double difference, double error) {
  if (error > 0.0) return difference / error;
  if (difference == 0.0) return 0.0;
  return std::copysign(std::numeric_limits<double>::infinity(), difference);
}

double p_of(double t, double degrees_of_freedom, Alternative alternative) {
  switch (alternative) {
    case Alternative::kGreater:
      return student_t_upper_tail(t, degrees_of_freedom);
    case Alternative::kLess:
      return student_t_upper_tail(-t, degrees_of_freedom);
    case Alternative::kTwoSided:
      break;
  }
  return std::min(1.0, 2.0 * student_t_upper_tail(std::abs(t), degrees_of_freedom));
}

}  // namespace

MeanSummary summarize(std::span<const double> values, double confidence) {
  require_sample("summarize", values, 1);
  require_level("summarize", confidence);
  MeanSummary summary{.n = values.size(), .mean = mean(values), .deviation = deviation(values)};
  if (!summary.deviation) return summary;
  const auto n = static_cast<double>(values.size());
  summary.standard_error = *summary.deviation / std::sqrt(n);
  const double reach =
      student_t_quantile(0.5 + 0.5 * confidence, n - 1.0) * *summary.standard_error;
  summary.interval = Interval{summary.mean - reach, summary.mean + reach, confidence};
  return summary;
}

TTest t_test(std::span<const double> values, double expected, Alternative alternative) {
  require_sample("t_test", values, 2);
  const auto n = static_cast<double>(values.size());
  const double t = t_ratio(mean(values) - expected, *deviation(values) / std::sqrt(n));
  return {.t = t, .degrees_of_freedom = n - 1.0, .p = p_of(t, n - 1.0, alternative)};
}

TTest welch_t_test(std::span<const double> a, std::span<const double> b, Alternative alternative) {
  require_sample("welch_t_test", a, 2);
  require_sample("welch_t_test", b, 2);
  const auto n_a = static_cast<double>(a.size()), n_b = static_cast<double>(b.size());
  const double part_a = *deviation(a) * *deviation(a) / n_a;
  const double part_b = *deviation(b) * *deviation(b) / n_b;
  const double variance = part_a + part_b;
  const double t = t_ratio(mean(a) - mean(b), std::sqrt(variance));
  // Welch-Satterthwaite; without any spread t is 0 or infinite and the degrees do not matter.
  const double degrees =
      variance > 0.0
          ? variance * variance / (part_a * part_a / (n_a - 1.0) + part_b * part_b / (n_b - 1.0))
          : n_a + n_b - 2.0;
  return {.t = t, .degrees_of_freedom = degrees, .p = p_of(t, degrees, alternative)};
}

}  // namespace bench::statistics
