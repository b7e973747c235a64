#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metrics/scoring/columns.h"
#include "metrics/scoring/score_pairs.h"
#include "metrics/statistics/sample.h"

namespace bench::scoring {

/// The score of the set under one protocol.
struct ColumnSummary {
  std::size_t n = 0;          ///< images
  double value = 0.0;         ///< by the protocol's `agg`; +infinity as metrics::score_of_set says
  std::size_t identical = 0;  ///< images of infinite PSNR
  std::optional<double> deviation = {};               ///< over the images, with n - 1
  std::optional<statistics::Interval> interval = {};  ///< Student's t, of the mean over images
  std::string why_no_interval = {};                   ///< "" where there is one
};

/// \param pairs  at least one.
/// \param confidence  of the interval, such as 0.95.
/// \returns one per column. No interval: of one image, of infinite scores, of `agg=mse-mean`
/// (no mean of scores), and of `agg=patch-mean` over images that weigh differently.
std::vector<ColumnSummary> summaries(std::span<const Column> columns,
                                     std::span<const PairScores> pairs, double confidence = 0.95);

}  // namespace bench::scoring
