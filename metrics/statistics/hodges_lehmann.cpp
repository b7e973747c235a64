#include "metrics/statistics/hodges_lehmann.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "metrics/statistics/distributions.h"
#include "metrics/statistics/signed_rank.h"

namespace bench::statistics {
namespace {

std::vector<double> sorted_walsh_averages(std::span<const double> differences) {
  std::vector<double> averages;
  averages.reserve(differences.size() * (differences.size() + 1) / 2);
  for (std::size_t i = 0; i < differences.size(); ++i) {
    for (std::size_t j = i; j < differences.size(); ++j) {
      averages.push_back(0.5 * (differences[i] + differences[j]));
    }
  }
  std::sort(averages.begin(), averages.end());
  return averages;
}

/// The largest rank sum w with P(W <= w) <= tail, if there is one.
std::optional<std::size_t> critical_rank_sum(std::size_t n, double tail) {
  if (n <= kLargestExactSignedRank) {
    const std::vector<double> cdf = signed_rank_null_cdf(n);
    const auto above = std::upper_bound(cdf.begin(), cdf.end(), tail);
    if (above == cdf.begin()) return std::nullopt;
    return static_cast<std::size_t>(above - cdf.begin()) - 1;
  }
  const auto count = static_cast<double>(n);
  const double center = count * (count + 1.0) / 4.0;
  const double spread = std::sqrt(count * (count + 1.0) * (2.0 * count + 1.0) / 24.0);
  const double sum = std::floor(center + normal_quantile(tail) * spread - 0.5);
  if (sum < 0.0) return std::nullopt;
  return static_cast<std::size_t>(sum);
}

}  // namespace

ShiftEstimate hodges_lehmann_paired(std::span<const double> differences, double confidence) {
  require_sample("hodges_lehmann_paired", differences, 1);
  require_level("hodges_lehmann_paired", confidence);
  const std::vector<double> averages = sorted_walsh_averages(differences);
  ShiftEstimate estimate{.shift = median(averages)};
  const auto cut = critical_rank_sum(differences.size(), 0.5 * (1.0 - confidence));
  if (cut) {
    estimate.interval = Interval{averages[*cut], averages[averages.size() - 1 - *cut], confidence};
  }
  return estimate;
}

double hodges_lehmann_shift(std::span<const double> a, std::span<const double> b) {
  require_sample("hodges_lehmann_shift", a, 1);
  require_sample("hodges_lehmann_shift", b, 1);
  std::vector<double> differences;
  differences.reserve(a.size() * b.size());
  for (const double from_a : a) {
    for (const double from_b : b) differences.push_back(from_a - from_b);
  }
  return median(differences);
}

}  // namespace bench::statistics
