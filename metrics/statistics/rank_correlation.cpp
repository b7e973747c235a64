#include "metrics/statistics/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "metrics/statistics/distributions.h"
#include "metrics/statistics/ranks.h"

namespace bench::statistics {
namespace {

constexpr std::size_t kMostForExact = 8;  // 40,320 orders

// Deviations of the ranks from their mean, doubled as the ranks are.
std::vector<double> centered_ranks(std::span<const double> values) {
  const auto ranks = doubled_ranks(values);
  const double mean = static_cast<double>(values.size()) + 1.0;
  std::vector<double> centered;
  for (const int rank : ranks.doubled) centered.push_back(rank - mean);
  return centered;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// The share of all orders of `b` that correlate at least as strongly. Ranks are whole numbers, so
// that equal correlations are equal.
double exact_p(const std::vector<double>& a, std::vector<double> b, double observed) {
  std::vector<std::size_t> order(b.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::size_t all = 0, as_strong = 0;
  do {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[order[i]];
    ++all;
    as_strong += std::abs(sum) >= std::abs(observed) ? 1 : 0;
  } while (std::next_permutation(order.begin(), order.end()));
  return static_cast<double>(as_strong) / static_cast<double>(all);
}

double t_p(double rho, std::size_t n) {
  const double degrees = static_cast<double>(n) - 2.0;
  if (std::abs(rho) >= 1.0) return 0.0;
  const double t = std::abs(rho) * std::sqrt(degrees / (1.0 - rho * rho));
  return std::min(1.0, 2.0 * student_t_upper_tail(t, degrees));
}

Interval fisher_interval(double rho, std::size_t n) {
  constexpr double kNormal975 = 1.959963984540054;
  // Beyond this the transform would be infinite.
  const double z = std::atanh(std::clamp(rho, -1.0 + 1e-12, 1.0 - 1e-12));
  const double reach =
      kNormal975 * std::sqrt((1.0 + rho * rho / 2.0) / (static_cast<double>(n) - 3.0));
  return {std::tanh(z - reach), std::tanh(z + reach)};
}

}  // namespace

RankCorrelation rank_correlation(std::span<const double> a, std::span<const double> b) {
  require_pairs("rank_correlation", a, b, 3);
  const auto left = centered_ranks(a), right = centered_ranks(b);
  const double size = std::sqrt(dot(left, left) * dot(right, right));
  if (size == 0.0) throw StatisticsError("rank_correlation: expected values that differ");
  const double product = dot(left, right);
  RankCorrelation result{.rho = product / size, .exact = a.size() <= kMostForExact};
  result.p = result.exact ? exact_p(left, right, product) : t_p(result.rho, a.size());
  if (a.size() > 3) result.interval = fisher_interval(result.rho, a.size());
  return result;
}

}  // namespace bench::statistics
