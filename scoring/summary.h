#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scoring/columns.h"
#include "scoring/score_pairs.h"
#include "statistics/sample.h"

namespace bench::scoring {

/// The score of the set under one protocol.
struct ColumnSummary {
  std::size_t n = 0;          ///< pictures
  double value = 0.0;         ///< by the protocol's `agg`; +infinity as metrics::score_of_set says
  std::size_t identical = 0;  ///< pictures of infinite PSNR
  std::optional<double> deviation = {};               ///< over the pictures, with n - 1
  std::optional<statistics::Interval> interval = {};  ///< Student's t, of the mean over pictures
  std::string why_no_interval = {};                   ///< "" where there is one
};

/// \param pairs  at least one.
/// \param confidence  of the interval, such as 0.95.
/// \returns one per column. No interval: of one picture, of infinite scores, of `agg=mse-mean`
/// (no mean of scores), and of `agg=patch-mean` over pictures that weigh differently.
std::vector<ColumnSummary> summaries(std::span<const Column> columns,
                                     std::span<const PairScores> pairs, double confidence = 0.95);

}  // namespace bench::scoring
