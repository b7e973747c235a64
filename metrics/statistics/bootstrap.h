#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/randomness/stream.h"
#include "metrics/statistics/sample.h"

namespace bench::statistics {

/// What is estimated, as a function of a sample; the mean unless told otherwise.
using Statistic = std::function<double(std::span<const double>)>;

/// A bootstrap interval with the quantities that it was made of (Efron 1987).
struct BootstrapInterval {
  double estimate = 0.0;
  Interval bca = {};         ///< bias-corrected and accelerated
  Interval percentile = {};  ///< plain percentiles of the resamples
  double standard_error = 0.0;
  double z0 = 0.0;            ///< bias correction
  double acceleration = 0.0;  ///< from the jackknife
  double alpha_low = 0.0;     ///< percentiles that `bca` was read at
  double alpha_high = 0.0;
  std::size_t resamples = 0;
  std::size_t below = 0;  ///< resamples below the estimate
  std::size_t equal = 0;  ///< resamples equal to it, to 1e-12 of the largest value
};

struct BootstrapOptions {
  std::size_t resamples = 9999;
  double confidence = 0.95;
};

/// BCa interval from resamples that are given: `resamples[b]` lists the indices into `values`.
/// Ties with the estimate are decided to 1e-12, so the order of summation cannot decide them.
/// \throws StatisticsError for fewer than two values, fewer than two resamples, an index out of
///         range, or where every resample lies on one side of the estimate.
BootstrapInterval bootstrap_interval(std::span<const double> values,
                                     std::span<const std::vector<std::size_t>> resamples,
                                     double confidence = 0.95, const Statistic& statistic = mean);

/// The same with indices drawn from `stream`.
BootstrapInterval bootstrap_interval(std::span<const double> values, randomness::Stream& stream,
                                     const BootstrapOptions& options = {},
                                     const Statistic& statistic = mean);

/// Paired bootstrap: the mean of a[i] - b[i], pairs drawn together. \throws StatisticsError
BootstrapInterval paired_bootstrap(std::span<const double> a, std::span<const double> b,
                                   randomness::Stream& stream,
                                   const BootstrapOptions& options = {});

/// Quantile by linear interpolation between order statistics (numpy's default).
/// \pre sorted, not empty; 0 <= p <= 1.
double sorted_quantile(std::span<const double> sorted, double p);

}  // namespace bench::statistics
