#pragma once

#include <optional>
#include <span>

#include "metrics/statistics/sample.h"

namespace bench::statistics {

struct RankCorrelation {
  double rho = 0.0;   ///< Spearman's: Pearson's correlation of the ranks, ties sharing their mean
  double p = 1.0;     ///< two-sided, against no monotone relation
  bool exact = true;  ///< p over all orders (up to 8 pairs), else by Student's t
  std::optional<Interval> interval = {};  ///< 95 %; empty for fewer than four pairs
};

/// Do `a` and `b` grow together? Interval: Fisher's z with the standard error
/// sqrt((1 + rho^2 / 2) / (n - 3)) of Bonett and Wright (2000, Psychometrika 65).
/// \pre pairs: a[i] belongs to b[i]
/// \throws StatisticsError for fewer than three pairs, non-finite values, or values that are all
///         equal, which have no order.
RankCorrelation rank_correlation(std::span<const double> a, std::span<const double> b);

}  // namespace bench::statistics
