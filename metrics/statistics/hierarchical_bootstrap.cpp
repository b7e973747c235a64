#include "metrics/statistics/hierarchical_bootstrap.h"

#include <algorithm>

#include "metrics/statistics/bootstrap.h"

namespace bench::statistics {
namespace {

constexpr std::size_t kSeedsForAnHonestInterval = 5;

void require_rectangle(std::string_view method, std::span<const std::vector<double>> by_seed,
                       std::size_t smallest_images) {
  if (by_seed.empty()) throw StatisticsError(std::string(method) + ": needs at least one seed");
  for (std::size_t seed = 0; seed < by_seed.size(); ++seed) {
    const std::string where = std::string(method) + ", seed " + std::to_string(seed);
    require_sample(where, by_seed[seed], smallest_images);
    if (by_seed[seed].size() == by_seed[0].size()) continue;
    throw StatisticsError(where + ": expected " + std::to_string(by_seed[0].size()) +
                          " images as in seed 0, got " + std::to_string(by_seed[seed].size()));
  }
}

double resampled_mean(std::span<const std::vector<double>> by_seed, ImageDraw draw,
                      std::vector<std::size_t>& images, randomness::Stream& stream) {
  const auto draw_images = [&] {
    for (std::size_t& image : images) image = stream.below(images.size());
  };
  if (draw == ImageDraw::kSharedBySeeds) draw_images();
  double sum = 0.0;
  for (std::size_t s = 0; s < by_seed.size(); ++s) {
    const auto& row = by_seed[stream.below(by_seed.size())];
    if (draw == ImageDraw::kWithinEachSeed) draw_images();
    for (const std::size_t image : images) sum += row[image];
  }
  return sum / static_cast<double>(by_seed.size() * images.size());
}

}  // namespace

HierarchicalInterval hierarchical_bootstrap(std::span<const std::vector<double>> by_seed,
                                            randomness::Stream& stream,
                                            const HierarchicalOptions& options) {
  require_rectangle("hierarchical_bootstrap", by_seed, 2);
  require_level("hierarchical_bootstrap", options.confidence);
  if (options.resamples < 2) {
    throw StatisticsError("hierarchical_bootstrap: needs at least 2 resamples, got " +
                          std::to_string(options.resamples));
  }
  HierarchicalInterval result{.estimate = mean(means_over_seeds(by_seed)),
                              .seeds = by_seed.size(),
                              .images = by_seed[0].size()};
  std::vector<std::size_t> images(result.images);
  std::vector<double> means(options.resamples);
  for (double& value : means) value = resampled_mean(by_seed, options.images, images, stream);
  std::sort(means.begin(), means.end());
  const double tail = 0.5 * (1.0 - options.confidence);
  result.interval = {sorted_quantile(means, tail), sorted_quantile(means, 1.0 - tail),
                     options.confidence};
  result.standard_error = *deviation(means);
  if (result.seeds < kSeedsForAnHonestInterval) {
    result.warning = std::to_string(result.seeds) +
                     " seed(s): resampling so few understates the spread between trainings; the "
                     "interval is too narrow (use 5 seeds or more)";
  }
  return result;
}

std::vector<double> means_over_seeds(std::span<const std::vector<double>> by_seed) {
  require_rectangle("means_over_seeds", by_seed, 1);
  std::vector<double> means(by_seed[0].size(), 0.0);
  for (const auto& row : by_seed) {
    for (std::size_t image = 0; image < means.size(); ++image) means[image] += row[image];
  }
  for (double& value : means) value /= static_cast<double>(by_seed.size());
  return means;
}

}  // namespace bench::statistics
