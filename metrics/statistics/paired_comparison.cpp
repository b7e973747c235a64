#include "metrics/statistics/paired_comparison.h"

#include <cstdio>

#include "metrics/statistics/bootstrap.h"
#include "metrics/statistics/signed_rank.h"
#include "metrics/statistics/t_test.h"

namespace bench::statistics {
namespace {

std::string reach_warning(const SignedRankTest& test, double level) {
  char text[160];
  std::snprintf(
      text, sizeof text,
      "with n = %zu, no p is below %.4g, so no difference can be significant at level %.4g", test.n,
      test.smallest_p, level);
  return text;
}

/// Differences [seed][image]; rows of b are averaged where seeds cannot be matched one to one.
std::vector<std::vector<double>> seed_differences(std::span<const std::vector<double>> a,
                                                  std::span<const std::vector<double>> b) {
  std::vector<std::vector<double>> rows;
  if (a.size() == b.size()) {
    for (std::size_t s = 0; s < a.size(); ++s) rows.push_back(paired_differences(a[s], b[s]));
    return rows;
  }
  const std::vector<double> mean_of_b = means_over_seeds(b);
  for (const auto& row : a) rows.push_back(paired_differences(row, mean_of_b));
  return rows;
}

}  // namespace

PairedComparison paired_comparison(std::span<const double> a, std::span<const double> b,
                                   const ComparisonOptions& options) {
  require_pairs("paired_comparison", a, b, 1);
  require_level("paired_comparison", options.level);
  const std::vector<double> differences = paired_differences(a, b);
  const double confidence = 1.0 - options.level;
  const MeanSummary summary = summarize(differences, confidence);
  const SignedRankTest test = signed_rank_test(differences);
  PairedComparison comparison{.n = differences.size(),
                              .mean_difference = summary.mean,
                              .t_interval = summary.interval,
                              .hodges_lehmann = hodges_lehmann_paired(differences, confidence),
                              .p = test.p,
                              .smallest_p = test.smallest_p,
                              .exact = test.exact};
  if (options.bootstrap_resamples > 0 && differences.size() > 1) {
    randomness::Stream stream(options.bootstrap_seed, "statistics/paired-bootstrap");
    comparison.bootstrap_interval =
        bootstrap_interval(differences, stream,
                           {.resamples = options.bootstrap_resamples, .confidence = confidence})
            .bca;
  }
  if (test.n == 0) {
    comparison.warnings.push_back("all differences are zero: the scores are identical");
  } else if (!can_reach(test.smallest_p, options.level)) {
    comparison.warnings.push_back(reach_warning(test, options.level));
  }
  return comparison;
}

SeededComparison paired_comparison(std::span<const std::vector<double>> a_by_seed,
                                   std::span<const std::vector<double>> b_by_seed,
                                   const ComparisonOptions& options) {
  SeededComparison comparison;
  comparison.images =
      paired_comparison(means_over_seeds(a_by_seed), means_over_seeds(b_by_seed), options);
  const auto rows = seed_differences(a_by_seed, b_by_seed);
  randomness::Stream stream(options.bootstrap_seed, "statistics/hierarchical-bootstrap");
  comparison.seeds_and_images = hierarchical_bootstrap(
      rows, stream,
      {.resamples = options.bootstrap_resamples > 0 ? options.bootstrap_resamples : 999,
       .confidence = 1.0 - options.level,
       .images = ImageDraw::kSharedBySeeds});
  if (a_by_seed.size() != b_by_seed.size()) {
    comparison.images.warnings.push_back(
        "unlike numbers of seeds (" + std::to_string(a_by_seed.size()) + " and " +
        std::to_string(b_by_seed.size()) +
        "): the interval over seeds leaves out the spread between the second method's seeds");
  }
  return comparison;
}

}  // namespace bench::statistics
