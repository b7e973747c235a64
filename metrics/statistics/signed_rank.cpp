#include "metrics/statistics/signed_rank.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "metrics/statistics/distributions.h"

namespace bench::statistics {
namespace {

constexpr std::size_t kMostDifferencesEnumerated = 200;

/// The differences with their ranks (doubled), as the treatment of zeros leaves them.
struct RankedSigns {
  std::vector<int> doubled = {};  ///< ranks of the differences other than zero
  int positive_doubled = 0;       ///< sum over the positive ones
  int zero_doubled = 0;           ///< rank sum of the zeros that were ranked
  std::size_t ranked = 0;         ///< how many differences were ranked
  std::size_t zeros_ranked = 0;
  double tie_term = 0.0;
};

RankedSigns rank_signs(std::span<const double> differences, ZeroDifferences zeros) {
  std::vector<double> kept;
  for (const double difference : differences) {
    if (difference != 0.0 || zeros != ZeroDifferences::kDrop) kept.push_back(difference);
  }
  std::vector<double> magnitudes(kept.size());
  std::transform(kept.begin(), kept.end(), magnitudes.begin(),
                 [](double d) { return std::abs(d); });
  const DoubledRanks ranks = doubled_ranks(magnitudes);
  RankedSigns signs{.ranked = kept.size(), .tie_term = ranks.tie_term};
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i] == 0.0) {
      signs.zero_doubled += ranks.doubled[i];
      ++signs.zeros_ranked;
      continue;
    }
    signs.doubled.push_back(ranks.doubled[i]);
    if (kept[i] > 0.0) signs.positive_doubled += ranks.doubled[i];
  }
  return signs;
}

/// Probability of each sum of a subset of `parts`, every subset being equally likely.
std::vector<double> subset_sum_probabilities(std::span<const int> parts) {
  const int total = std::accumulate(parts.begin(), parts.end(), 0);
  std::vector<double> probability(static_cast<std::size_t>(total) + 1, 0.0);
  probability[0] = 1.0;
  int reached = 0;
  for (const int part : parts) {
    reached += part;
    for (int sum = reached; sum >= 0; --sum) {
      const double without = probability[static_cast<std::size_t>(sum)];
      const double with = sum >= part ? probability[static_cast<std::size_t>(sum - part)] : 0.0;
      probability[static_cast<std::size_t>(sum)] = 0.5 * (without + with);
    }
  }
  return probability;
}

double exact_p(const RankedSigns& signs, const SignedRankOptions& options) {
  std::vector<int> parts = signs.doubled;
  int observed = signs.positive_doubled;
  int observed_up = observed;
  if (options.null_ranks == NullRanks::kDistinct) {
    parts.resize(signs.ranked);
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = 2 * static_cast<int>(i + 1);
    // Distinct ranks have whole sums: a half goes to the side that makes p larger.
    const int total = options.zeros == ZeroDifferences::kSplit
                          ? 2 * signs.positive_doubled + signs.zero_doubled
                          : 2 * signs.positive_doubled;
    observed = total / 4 * 2;
    observed_up = (total + 3) / 4 * 2;
  }
  const std::vector<double> probability = subset_sum_probabilities(parts);
  const auto at = [&](int sum) {
    return probability.begin() + std::clamp(sum, 0, static_cast<int>(probability.size()));
  };
  const double at_least = std::accumulate(at(observed), probability.end(), 0.0);
  const double at_most = std::accumulate(probability.begin(), at(observed_up + 1), 0.0);
  if (options.alternative == Alternative::kGreater) return std::min(1.0, at_least);
  if (options.alternative == Alternative::kLess) return std::min(1.0, at_most);
  return std::min(1.0, 2.0 * std::min(at_least, at_most));
}

double cubic(double n) {
  return n * (n + 1.0) * (2.0 * n + 1.0);
}

void set_normal_p(const RankedSigns& signs, const SignedRankOptions& options,
                  SignedRankTest& test) {
  const auto n = static_cast<double>(signs.ranked);
  const auto zeros = static_cast<double>(signs.zeros_ranked);
  double expected = n * (n + 1.0) / 4.0;
  double variance24 = cubic(n);
  double tie_term = signs.tie_term;
  if (options.zeros == ZeroDifferences::kPratt) {
    expected -= zeros * (zeros + 1.0) / 4.0;
    variance24 -= cubic(zeros);
    tie_term -= zeros * zeros * zeros - zeros;
  }
  const double error = std::sqrt((variance24 - tie_term / 2.0) / 24.0);
  double z = (test.positive_rank_sum - expected) / error;
  const double shift = options.continuity_correction ? 0.5 / error : 0.0;
  switch (options.alternative) {
    case Alternative::kGreater:
      z -= shift;
      break;
    case Alternative::kLess:
      z += shift;
      break;
    case Alternative::kTwoSided:
      z = -std::abs(z) + (z == 0.0 ? 0.0 : shift);
      break;
  }
  test.z = z;
  test.p = options.alternative == Alternative::kGreater ? normal_upper_tail(z)
           : options.alternative == Alternative::kLess
               ? normal_cdf(z)
               : std::min(1.0, 2.0 * normal_upper_tail(std::abs(z)));
}

}  // namespace

SignedRankTest signed_rank_test(std::span<const double> differences,
                                const SignedRankOptions& options) {
  require_sample("signed_rank_test", differences, 1);
  const RankedSigns signs = rank_signs(differences, options.zeros);
  SignedRankTest test{.n = signs.doubled.size()};
  test.exact = options.method == SignedRankMethod::kExact ||
               (options.method == SignedRankMethod::kAuto && test.n <= kLargestExactSignedRank);
  if (test.exact && signs.ranked > kMostDifferencesEnumerated) {
    throw StatisticsError("signed_rank_test: the exact method takes at most " +
                          std::to_string(kMostDifferencesEnumerated) + " differences, got " +
                          std::to_string(signs.ranked) + ". Use SignedRankMethod::kNormal");
  }
  if (test.n == 0) return test;
  const double half_of_zeros =
      options.zeros == ZeroDifferences::kSplit ? signs.zero_doubled / 4.0 : 0.0;
  const int total = std::accumulate(signs.doubled.begin(), signs.doubled.end(), 0);
  test.positive_rank_sum = signs.positive_doubled / 2.0 + half_of_zeros;
  test.negative_rank_sum = (total - signs.positive_doubled) / 2.0 + half_of_zeros;
  const double sides = options.alternative == Alternative::kTwoSided ? 2.0 : 1.0;
  test.smallest_p = std::min(1.0, sides * std::exp2(-static_cast<double>(test.n)));
  if (test.exact) {
    test.p = exact_p(signs, options);
  } else {
    set_normal_p(signs, options, test);
  }
  return test;
}

std::vector<double> signed_rank_null_cdf(std::size_t n) {
  std::vector<int> ranks(n);
  std::iota(ranks.begin(), ranks.end(), 1);
  std::vector<double> cdf = subset_sum_probabilities(ranks);
  std::partial_sum(cdf.begin(), cdf.end(), cdf.begin());
  return cdf;
}

}  // namespace bench::statistics
