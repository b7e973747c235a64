#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace bench::statistics {

/// A sample that a method cannot answer for: too small, non-finite, or not paired.
class StatisticsError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Requires at least `smallest_n` values, all finite.
/// \param method  named in the message, so that it can be read without a stack trace.
/// \throws StatisticsError naming the first index that is NaN or infinite, or both sizes.
void require_sample(std::string_view method, std::span<const double> values,
                    std::size_t smallest_n);

/// Requires two finite samples of one size, at least `smallest_n`: `a[i]` belongs to `b[i]`.
/// \throws StatisticsError
void require_pairs(std::string_view method, std::span<const double> a, std::span<const double> b,
                   std::size_t smallest_n);

/// Requires a probability strictly between 0 and 1 (a level, or a confidence).
/// \throws StatisticsError
void require_level(std::string_view method, double level);

/// Arithmetic mean. \throws StatisticsError for an empty or non-finite sample.
double mean(std::span<const double> values);

/// Median (mean of the middle two for an even count). \throws as `mean`.
double median(std::span<const double> values);

/// Standard deviation with n - 1. Empty for one value: one run says nothing about its spread.
/// \throws as `mean`.
std::optional<double> deviation(std::span<const double> values);

/// a[i] - b[i], rounded to multiples of `resolution` so that differences that are equal in
/// decimals tie: 28.4 - 28.2 and 27.9 - 27.7 differ in binary. \throws StatisticsError
std::vector<double> paired_differences(std::span<const double> a, std::span<const double> b,
                                       double resolution = 1e-10);

/// A range that holds the true value with probability `confidence`.
struct Interval {
  double low = 0.0;
  double high = 0.0;
  double confidence = 0.95;

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Which side a test looks at: the value (or the first sample) is other, greater, or less.
enum class Alternative { kTwoSided, kGreater, kLess };

/// Can a test whose smallest possible p is `smallest_p` ever reject at `level`? Where not, its
/// "not significant" is a fact about n, not about the methods, and must be reported as such.
constexpr bool can_reach(double smallest_p, double level) {
  return smallest_p <= level;
}

}  // namespace bench::statistics
