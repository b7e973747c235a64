#include "reports/render/differences.h"

#include <algorithm>
#include <cmath>

#include "reports/render/plot_scale.h"

namespace bench::reports {

std::vector<ImagePair> finite_pairs(const PairedImages& paired) {
  std::vector<ImagePair> pairs;
  for (std::size_t i = 0; i < paired.images.size(); ++i) {
    const auto& x = paired.values[paired.x][i];
    const auto& y = paired.values[paired.y][i];
    if (x && y) pairs.push_back({paired.images[i], *x, *y});
  }
  return pairs;
}

Histogram difference_histogram(const PairedImages& paired) {
  std::vector<double> differences;
  for (const auto& pair : finite_pairs(paired)) differences.push_back(pair.y - pair.x);
  if (differences.empty()) return {};
  const auto [low, high] = std::minmax_element(differences.begin(), differences.end());
  const double bins = std::clamp(std::sqrt(static_cast<double>(differences.size())), 5.0, 30.0);
  const double width = round_step((*high - *low) / bins);
  const double first = std::floor(*low / width);
  const auto count = static_cast<std::size_t>(std::floor(*high / width) - first) + 1;
  Histogram histogram;
  for (std::size_t i = 0; i <= count; ++i) {
    histogram.edges.push_back((first + static_cast<double>(i)) * width);
  }
  histogram.counts.assign(count, 0);
  for (const double difference : differences) {
    const auto bin =
        static_cast<std::size_t>(std::max(0.0, std::floor(difference / width) - first));
    histogram.counts[std::min(bin, count - 1)] += 1;
  }
  return histogram;
}

}  // namespace bench::reports
