#include "metrics/statistics/mann_whitney.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "metrics/statistics/distributions.h"

namespace bench::statistics {
namespace {

constexpr std::size_t kLargestAutoExact = 50;
constexpr std::size_t kMostValuesEnumerated = 200;

/// P(doubled rank sum of a random subset of `chosen` ranks >= observed).
double upper_tail(std::span<const int> doubled, std::size_t chosen, int observed) {
  const int total = std::accumulate(doubled.begin(), doubled.end(), 0);
  const auto sums = static_cast<std::size_t>(total) + 1;
  // ways[k][s]: subsets of k ranks with sum s, each rank either in or out.
  std::vector<std::vector<double>> ways(chosen + 1, std::vector<double>(sums, 0.0));
  ways[0][0] = 1.0;
  for (const int rank : doubled) {
    for (std::size_t k = chosen; k >= 1; --k) {
      for (auto sum = static_cast<std::size_t>(rank); sum < sums; ++sum) {
        ways[k][sum] += ways[k - 1][sum - static_cast<std::size_t>(rank)];
      }
    }
  }
  const auto& counts = ways[chosen];
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  const auto from = static_cast<std::ptrdiff_t>(std::clamp(observed, 0, total + 1));
  return std::accumulate(counts.begin() + from, counts.end(), 0.0) / all;
}

/// One-sided p of "the sample of `n_first` is the larger", whose statistic is `u`.
double exact_p(double u, std::size_t n_first, const DoubledRanks& ranks, NullRanks null_ranks) {
  std::vector<int> doubled = ranks.doubled;
  if (null_ranks == NullRanks::kDistinct) {
    for (std::size_t i = 0; i < doubled.size(); ++i) doubled[i] = 2 * static_cast<int>(i + 1);
    // Distinct ranks have whole U: rounding down makes p larger, never smaller.
    u = std::floor(u);
  }
  const auto n = static_cast<double>(n_first);
  const auto doubled_rank_sum = static_cast<int>(std::lround(2.0 * u + n * (n + 1.0)));
  return upper_tail(doubled, n_first, doubled_rank_sum);
}

double normal_p(double u, double n_a, double n_b, double tie_term, bool continuity_correction) {
  const double n = n_a + n_b;
  const double variance = n_a * n_b / 12.0 * ((n + 1.0) - tie_term / (n * (n - 1.0)));
  if (variance <= 0.0) return 1.0;
  const double shift = continuity_correction ? 0.5 : 0.0;
  return normal_upper_tail((u - n_a * n_b / 2.0 - shift) / std::sqrt(variance));
}

bool is_exact(const MannWhitneyOptions& options, std::size_t n) {
  if (options.method == MannWhitneyMethod::kExact && n > kMostValuesEnumerated) {
    throw StatisticsError("mann_whitney_test: the exact method takes at most " +
                          std::to_string(kMostValuesEnumerated) + " values, got " +
                          std::to_string(n) + ". Use MannWhitneyMethod::kNormal");
  }
  return options.method == MannWhitneyMethod::kExact ||
         (options.method == MannWhitneyMethod::kAuto && n <= kLargestAutoExact);
}

double log_choose(double n, double k) {
  return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

}  // namespace

MannWhitneyTest mann_whitney_test(std::span<const double> a, std::span<const double> b,
                                  const MannWhitneyOptions& options) {
  require_sample("mann_whitney_test", a, 1);
  require_sample("mann_whitney_test", b, 1);
  std::vector<double> together(a.begin(), a.end());
  together.insert(together.end(), b.begin(), b.end());
  const DoubledRanks ranks = doubled_ranks(together);
  const auto n_a = static_cast<double>(a.size()), n_b = static_cast<double>(b.size());
  const auto rank_end = ranks.doubled.begin() + static_cast<std::ptrdiff_t>(a.size());
  MannWhitneyTest test{.exact = is_exact(options, together.size())};
  test.u_a = std::accumulate(ranks.doubled.begin(), rank_end, 0) / 2.0 - n_a * (n_a + 1.0) / 2.0;
  test.u_b = n_a * n_b - test.u_a;
  const bool first_is_larger =
      options.alternative == Alternative::kGreater ||
      (options.alternative == Alternative::kTwoSided && test.u_a >= test.u_b);
  const double u = first_is_larger ? test.u_a : test.u_b;
  const double sides = options.alternative == Alternative::kTwoSided ? 2.0 : 1.0;
  // The rank sum of b is the mirror image of a's: the same function serves both.
  const double one_sided =
      test.exact ? exact_p(u, first_is_larger ? a.size() : b.size(), ranks, options.null_ranks)
                 : normal_p(u, n_a, n_b, ranks.tie_term, options.continuity_correction);
  test.p = std::min(1.0, sides * one_sided);
  test.smallest_p = std::min(1.0, sides * std::exp(-log_choose(n_a + n_b, n_a)));
  return test;
}

}  // namespace bench::statistics
