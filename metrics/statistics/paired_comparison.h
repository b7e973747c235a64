#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metrics/statistics/hierarchical_bootstrap.h"
#include "metrics/statistics/hodges_lehmann.h"
#include "metrics/statistics/sample.h"

namespace bench::statistics {

struct ComparisonOptions {
  double level = 0.05;                     ///< of the test; intervals have confidence 1 - level
  std::size_t bootstrap_resamples = 9999;  ///< 0: no bootstrap, for tables with many cells
  std::uint64_t bootstrap_seed = 0;
};

/// How much better `a` is than `b` on the same images.
struct PairedComparison {
  std::size_t n = 0;  ///< images
  double mean_difference = 0.0;
  std::optional<Interval> t_interval = {};          ///< of the mean difference; empty for one image
  std::optional<Interval> bootstrap_interval = {};  ///< BCa; empty if not asked for, or one image
  ShiftEstimate hodges_lehmann = {};
  double p = 1.0;                          ///< Wilcoxon signed-rank, two-sided
  double smallest_p = 1.0;                 ///< the smallest that this n (without zeros) can reach
  bool exact = false;                      ///< how p was computed
  std::vector<std::string> warnings = {};  ///< e.g. that n cannot reach the level
};

/// Paired over images. \param a, b  scores of two methods, `a[i]` and `b[i]` of one image.
/// \throws StatisticsError for unlike sizes, no image, or a non-finite score (naming its index).
PairedComparison paired_comparison(std::span<const double> a, std::span<const double> b,
                                   const ComparisonOptions& options = {});

/// The same with several seeds a method.
struct SeededComparison {
  /// Over images of the per-seed means. Images are the replicates of the question "is A better on
  /// images like this test set, with these trainings": seeds of one image are no new images,
  /// and counting them as such would shrink p without new evidence.
  PairedComparison images = {};
  /// Over seeds and images (kSharedBySeeds): the question "is A better when trained again". Seeds
  /// are its replicates. From the differences seed by seed if both have the same number of seeds,
  /// else from a[s] minus the mean of b over its seeds, which leaves b's spread out (a warning).
  HierarchicalInterval seeds_and_images = {};
};

/// \param a_by_seed, b_by_seed  one row per seed, one column per image, images in one order.
/// \throws StatisticsError as above.
SeededComparison paired_comparison(std::span<const std::vector<double>> a_by_seed,
                                   std::span<const std::vector<double>> b_by_seed,
                                   const ComparisonOptions& options = {});

}  // namespace bench::statistics
