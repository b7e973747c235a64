#pragma once

#include <optional>
#include <span>

#include "metrics/statistics/ranks.h"
#include "metrics/statistics/sample.h"

namespace bench::statistics {

enum class MannWhitneyMethod { kAuto, kExact, kNormal };

struct MannWhitneyOptions {
  Alternative alternative = Alternative::kTwoSided;
  MannWhitneyMethod method = MannWhitneyMethod::kAuto;  ///< exact up to 50 values together
  NullRanks null_ranks = NullRanks::kAsObserved;        ///< of the exact method
  bool continuity_correction = true;                    ///< of the normal method
};

struct MannWhitneyTest {
  double u_a = 0.0;  ///< pairs in which a's value is the larger, ties counting one half
  double u_b = 0.0;
  double p = 1.0;
  double smallest_p = 1.0;  ///< exact p if all of one sample lay above the other
  bool exact = false;
};

/// Mann-Whitney U test of two independent samples. For scores on the same images this is the
/// wrong test: the spread between images hides the difference (use `signed_rank_test`).
/// Equal to scipy.stats.mannwhitneyu 1.17.1 (exact: under NullRanks::kDistinct).
/// \throws StatisticsError for an empty or non-finite sample, or kExact with more than 200 values.
MannWhitneyTest mann_whitney_test(std::span<const double> a, std::span<const double> b,
                                  const MannWhitneyOptions& options = {});

}  // namespace bench::statistics
