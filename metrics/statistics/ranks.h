#pragma once

#include <span>
#include <vector>

namespace bench::statistics {

/// How the null distribution of a rank test sees ties.
enum class NullRanks {
  kAsObserved,  ///< every assignment of the ranks that were observed: exact with ties
  kDistinct,    ///< ranks 1..n, as printed tables and scipy's `exact` have it: wrong with ties
};

/// Ranks from 1, equal values sharing the mean of their ranks; doubled, so that all are integers.
struct DoubledRanks {
  std::vector<int> doubled = {};
  double tie_term = 0.0;  ///< sum of t^3 - t over groups of t equal values
};

DoubledRanks doubled_ranks(std::span<const double> values);

}  // namespace bench::statistics
