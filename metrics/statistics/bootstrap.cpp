#include "metrics/statistics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "metrics/statistics/distributions.h"

namespace bench::statistics {
namespace {

/// Acceleration of the BCa interval from leaving out each value in turn.
double jackknife_acceleration(std::span<const double> values, const Statistic& statistic,
                              double tolerance) {
  std::vector<double> left_out(values.begin() + 1, values.end());
  std::vector<double> estimates(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    estimates[i] = statistic(left_out);
    if (i + 1 < values.size()) left_out[i] = values[i];
  }
  const double center = mean(estimates);
  double squares = 0.0, cubes = 0.0;
  for (const double estimate : estimates) {
    const double influence = center - estimate;
    squares += influence * influence;
    cubes += influence * influence * influence;
  }
  // Values that are all equal leave rounding only, and 0 / 0.
  if (squares <= tolerance * tolerance) return 0.0;
  return cubes / (6.0 * std::pow(squares, 1.5));
}

void require_bootstrap(std::span<const double> values, std::size_t resamples, double confidence) {
  require_sample("bootstrap_interval", values, 2);
  require_level("bootstrap_interval", confidence);
  if (resamples >= 2) return;
  throw StatisticsError("bootstrap_interval: needs at least 2 resamples, got " +
                        std::to_string(resamples));
}

double adjusted_alpha(double z0, double acceleration, double z) {
  const double shifted = z0 + z;
  return normal_cdf(z0 + shifted / (1.0 - acceleration * shifted));
}

void set_bca(BootstrapInterval& interval, std::span<const double> sorted, double confidence) {
  const double share =
      (static_cast<double>(interval.below) + 0.5 * static_cast<double>(interval.equal)) /
      static_cast<double>(sorted.size());
  if (share <= 0.0 || share >= 1.0) {
    throw StatisticsError(
        "bootstrap_interval: every resample lies on one side of the estimate, so the BCa "
        "correction is infinite. Use more resamples, or a statistic that resampling can reach");
  }
  interval.z0 = normal_quantile(share);
  const double z = normal_quantile(0.5 * (1.0 - confidence));
  interval.alpha_low = adjusted_alpha(interval.z0, interval.acceleration, z);
  interval.alpha_high = adjusted_alpha(interval.z0, interval.acceleration, -z);
  interval.bca = {sorted_quantile(sorted, interval.alpha_low),
                  sorted_quantile(sorted, interval.alpha_high), confidence};
}

BootstrapInterval interval_of(std::span<const double> values, std::vector<double> estimates,
                              double confidence, const Statistic& statistic) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  const double tolerance = 1e-12 * largest;
  BootstrapInterval interval{.estimate = statistic(values), .resamples = estimates.size()};
  std::sort(estimates.begin(), estimates.end());
  for (const double estimate : estimates) {
    const double difference = estimate - interval.estimate;
    if (std::abs(difference) <= tolerance) {
      ++interval.equal;
    } else if (difference < 0.0) {
      ++interval.below;
    }
  }
  interval.standard_error = *deviation(estimates);
  interval.acceleration = jackknife_acceleration(values, statistic, tolerance);
  const double tail = 0.5 * (1.0 - confidence);
  interval.percentile = {sorted_quantile(estimates, tail), sorted_quantile(estimates, 1.0 - tail),
                         confidence};
  set_bca(interval, estimates, confidence);
  return interval;
}

}  // namespace

double sorted_quantile(std::span<const double> sorted, double p) {
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(position), sorted.size() - 1);
  const auto above = std::min(below + 1, sorted.size() - 1);
  const double fraction = position - static_cast<double>(below);
  return sorted[below] + fraction * (sorted[above] - sorted[below]);
}

BootstrapInterval bootstrap_interval(std::span<const double> values,
                                     std::span<const std::vector<std::size_t>> resamples,
                                     double confidence, const Statistic& statistic) {
  require_bootstrap(values, resamples.size(), confidence);
  std::vector<double> estimates, resample;
  for (const auto& indices : resamples) {
    resample.clear();
    for (const std::size_t index : indices) {
      if (index >= values.size()) {
        throw StatisticsError("bootstrap_interval: a resample names value " +
                              std::to_string(index) + " of " + std::to_string(values.size()));
      }
      resample.push_back(values[index]);
    }
    estimates.push_back(statistic(resample));
  }
  return interval_of(values, std::move(estimates), confidence, statistic);
}

BootstrapInterval bootstrap_interval(std::span<const double> values, randomness::Stream& stream,
                                     const BootstrapOptions& options, const Statistic& statistic) {
  require_bootstrap(values, options.resamples, options.confidence);
  std::vector<double> estimates(options.resamples), resample(values.size());
  for (double& estimate : estimates) {
    for (double& value : resample) value = values[stream.below(values.size())];
    estimate = statistic(resample);
  }
  return interval_of(values, std::move(estimates), options.confidence, statistic);
}

BootstrapInterval paired_bootstrap(std::span<const double> a, std::span<const double> b,
                                   randomness::Stream& stream, const BootstrapOptions& options) {
  require_pairs("paired_bootstrap", a, b, 2);
  return bootstrap_interval(paired_differences(a, b), stream, options);
}

}  // namespace bench::statistics
