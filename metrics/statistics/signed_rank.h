#pragma once

#include <optional>
#include <span>

#include "metrics/statistics/ranks.h"
#include "metrics/statistics/sample.h"

namespace bench::statistics {

/// What becomes of differences that are exactly zero.
enum class ZeroDifferences {
  kDrop,   ///< left out before ranking (Wilcoxon 1945)
  kPratt,  ///< ranked, then left out (Pratt 1959; normal form after Cureton 1967)
  kSplit,  ///< ranked, half of their ranks to either side
};

enum class SignedRankMethod { kAuto, kExact, kNormal };

/// Up to this many differences other than zero, kAuto is exact.
inline constexpr std::size_t kLargestExactSignedRank = 25;

struct SignedRankOptions {
  Alternative alternative = Alternative::kTwoSided;
  ZeroDifferences zeros = ZeroDifferences::kDrop;
  SignedRankMethod method = SignedRankMethod::kAuto;
  NullRanks null_ranks = NullRanks::kAsObserved;  ///< of the exact method
  bool continuity_correction = false;             ///< of the normal method
};

struct SignedRankTest {
  double positive_rank_sum = 0.0;
  double negative_rank_sum = 0.0;
  double p = 1.0;
  /// What p would be if every difference other than zero had one sign. The exact value also for
  /// the normal method, whose own tail promises more than so few signs can show.
  double smallest_p = 1.0;
  std::optional<double> z = {};  ///< normal method only; two-sided: negative or zero
  std::size_t n = 0;             ///< differences other than zero
  bool exact = false;
};

/// Wilcoxon's signed-rank test on paired differences: is their center zero?
/// Equal to scipy.stats.wilcoxon 1.17.1 (exact with zeros under kPratt and kSplit: under
/// NullRanks::kDistinct). All differences zero: p = 1, smallest_p = 1.
/// \param differences  as from `paired_differences`; ties are exact equality.
/// \throws StatisticsError for an empty or non-finite sample, or kExact with more than 200.
SignedRankTest signed_rank_test(std::span<const double> differences,
                                const SignedRankOptions& options = {});

/// P(W <= w) of the rank sum of n distinct ranks under the null hypothesis, for w = 0 .. n(n+1)/2.
std::vector<double> signed_rank_null_cdf(std::size_t n);

}  // namespace bench::statistics
