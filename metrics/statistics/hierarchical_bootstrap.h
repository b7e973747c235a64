#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/randomness/stream.h"
#include "metrics/statistics/sample.h"

namespace bench::statistics {

/// How images are drawn once the seeds are drawn.
enum class ImageDraw {
  kWithinEachSeed,  ///< anew for every seed drawn: images nested in seeds
  kSharedBySeeds,   ///< once for all seeds: the same images were restored by every training
};

struct HierarchicalOptions {
  std::size_t resamples = 9999;
  double confidence = 0.95;
  ImageDraw images = ImageDraw::kWithinEachSeed;
};

struct HierarchicalInterval {
  double estimate = 0.0;   ///< mean over all seeds and images
  Interval interval = {};  ///< percentiles of the resampled means
  double standard_error = 0.0;
  std::size_t seeds = 0;
  std::size_t images = 0;
  std::optional<std::string> warning = {};  ///< fewer than 5 seeds: the interval is too narrow
};

/// Bootstrap of a mean over seeds (trainings) and images: seeds are drawn with replacement, then
/// images. It answers "another training, other images"; `bootstrap_interval` over images of the
/// per-seed means answers "these trainings, other images".
///
/// kSharedBySeeds is the design of a test set; kWithinEachSeed treats what an image does to all
/// trainings alike as if each had met its own, and so gives the narrower interval of the two.
///
/// \param by_seed  scores or paired differences, one row per seed, one column per image.
/// \throws StatisticsError for no seed, rows of unlike length, fewer than 2 images, non-finite.
HierarchicalInterval hierarchical_bootstrap(std::span<const std::vector<double>> by_seed,
                                            randomness::Stream& stream,
                                            const HierarchicalOptions& options = {});

/// The mean over seeds for each image: the replicates of "this test set".
/// \param by_seed  as above. \throws StatisticsError as above, one image allowed.
std::vector<double> means_over_seeds(std::span<const std::vector<double>> by_seed);

}  // namespace bench::statistics
