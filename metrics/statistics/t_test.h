#pragma once

#include <optional>
#include <span>

#include "metrics/statistics/sample.h"

namespace bench::statistics {

/// Mean, spread and Student's t interval of one sample. With one value there is a mean and no
/// spread: the optionals are empty, never zero.
struct MeanSummary {
  std::size_t n = 0;
  double mean = 0.0;
  std::optional<double> deviation = {};       ///< with n - 1
  std::optional<double> standard_error = {};  ///< deviation / sqrt(n)
  std::optional<Interval> interval = {};      ///< t interval of the mean
};

/// \param confidence  e.g. 0.95. \throws StatisticsError for an empty or non-finite sample.
MeanSummary summarize(std::span<const double> values, double confidence = 0.95);

struct TTest {
  double t = 0.0;  ///< infinite if the sample has no spread and its mean is not `expected`
  double degrees_of_freedom = 0.0;
  double p = 1.0;
};

/// One-sample t test of mean(values) against `expected`; on paired differences, the paired t test.
/// \throws StatisticsError for fewer than two values.
TTest t_test(std::span<const double> values, double expected = 0.0,
             Alternative alternative = Alternative::kTwoSided);

/// Welch's t test of two independent samples with their own variances (Welch 1947).
/// \throws StatisticsError if either has fewer than two values.
TTest welch_t_test(std::span<const double> a, std::span<const double> b,
                   Alternative alternative = Alternative::kTwoSided);

}  // namespace bench::statistics
