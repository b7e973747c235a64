#include "metrics/statistics/joint_sign_flips.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/randomness/stream.h"
#include "metrics/statistics/sample.h"

namespace bench::statistics {
namespace {

constexpr std::size_t kMostExactImages = 13;
constexpr std::size_t kDrawnFlips = 4999;
constexpr double kRounding = 1e-9;  // relative: sums in other orders are equal

struct FlippedPair {
  std::size_t first;
  std::size_t second;
  double scale;          ///< 1 / root of the sum of squared differences; 0 where all are zero
  double observed;       ///< |sum of differences| * scale
  std::size_t at_least;  ///< flips whose largest statistic of this and lesser pairs reaches it
};

void require_scores(std::span<const std::vector<double>> scores) {
  if (scores.empty()) throw StatisticsError("joint_sign_flip_test: needs at least one method");
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const std::string where = "joint_sign_flip_test, method " + std::to_string(i);
    require_sample(where, scores[i], 1);
    if (scores[i].size() == scores[0].size()) continue;
    throw StatisticsError(where + ": has scores of " + std::to_string(scores[i].size()) +
                          " images, but the first of " + std::to_string(scores[0].size()) +
                          ". Compare the images that all methods have");
  }
}

FlippedPair pair_of(std::span<const std::vector<double>> scores, std::size_t first,
                    std::size_t second) {
  double sum = 0.0, squares = 0.0;
  for (const double difference : paired_differences(scores[first], scores[second])) {
    sum += difference;
    squares += difference * difference;
  }
  const double scale = squares > 0.0 ? 1.0 / std::sqrt(squares) : 0.0;
  return {first, second, scale, std::abs(sum) * scale, 0};
}

/// Ascending by what was observed: the order in which Westfall and Young take their maxima.
std::vector<FlippedPair> sorted_pairs(std::span<const std::vector<double>> scores) {
  std::vector<FlippedPair> pairs;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    for (std::size_t j = i + 1; j < scores.size(); ++j) pairs.push_back(pair_of(scores, i, j));
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const FlippedPair& left, const FlippedPair& right) {
                     return left.observed < right.observed;
                   });
  return pairs;
}

/// [image][method], less the image's mean over methods: what images share would only cost
/// digits.
std::vector<double> centered(std::span<const std::vector<double>> scores) {
  const std::size_t methods = scores.size(), images = scores[0].size();
  std::vector<double> values(images * methods);
  for (std::size_t image = 0; image < images; ++image) {
    double sum = 0.0;
    for (const auto& method : scores) sum += method[image];
    for (std::size_t i = 0; i < methods; ++i) {
      values[image * methods + i] = scores[i][image] - sum / static_cast<double>(methods);
    }
  }
  return values;
}

void count_flip(std::span<const double> sums, std::vector<FlippedPair>& pairs) {
  double largest = 0.0;
  for (auto& pair : pairs) {
    largest = std::max(largest, std::abs(sums[pair.first] - sums[pair.second]) * pair.scale);
    if (largest >= pair.observed * (1.0 - kRounding)) ++pair.at_least;
  }
}

/// Gray's code: each flip turns one image; the last stays, since a flip of all is no other test.
std::size_t count_all_flips(std::span<const double> values, std::size_t methods,
                            std::vector<FlippedPair>& pairs) {
  const std::size_t images = values.size() / methods;
  const std::size_t flips = std::size_t{1} << (images - 1);
  std::vector<double> sums(methods, 0.0), signs(images, 1.0);
  for (std::size_t i = 0; i < values.size(); ++i) sums[i % methods] += values[i];
  count_flip(sums, pairs);
  for (std::size_t flip = 1; flip < flips; ++flip) {
    std::size_t image = 0;
    while (((flip >> image) & 1U) == 0) ++image;
    signs[image] = -signs[image];
    for (std::size_t i = 0; i < methods; ++i) {
      sums[i] += 2.0 * signs[image] * values[image * methods + i];
    }
    count_flip(sums, pairs);
  }
  return flips;
}

std::size_t count_drawn_flips(std::span<const double> values, std::size_t methods,
                              std::vector<FlippedPair>& pairs) {
  const std::size_t images = values.size() / methods;
  randomness::Stream stream(1, "statistics/joint_sign_flips");
  std::vector<double> sums(methods);
  for (auto& pair : pairs) ++pair.at_least;  // the scores as they are
  for (std::size_t flip = 0; flip < kDrawnFlips; ++flip) {
    std::fill(sums.begin(), sums.end(), 0.0);
    std::uint64_t bits = 0;
    for (std::size_t image = 0; image < images; ++image, bits >>= 1) {
      if (image % 64 == 0) bits = stream.next();
      const double sign = (bits & 1U) != 0 ? 1.0 : -1.0;
      const double* const row = values.data() + image * methods;
      for (std::size_t i = 0; i < methods; ++i) sums[i] += sign * row[i];
    }
    count_flip(sums, pairs);
  }
  return kDrawnFlips + 1;
}

}  // namespace

PairwiseP joint_sign_flip_test(std::span<const std::vector<double>> scores) {
  require_scores(scores);
  const std::size_t methods = scores.size(), images = scores[0].size();
  auto pairs = sorted_pairs(scores);
  const auto values = centered(scores);
  const std::size_t flips = images <= kMostExactImages ? count_all_flips(values, methods, pairs)
                                                       : count_drawn_flips(values, methods, pairs);
  PairwiseP result{methods, std::vector<double>(methods * methods, 1.0),
                   1.0 / static_cast<double>(flips)};
  // From the surest pair down: no pair is surer than one before it.
  double largest = 0.0;
  for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair) {
    largest = std::max(largest, static_cast<double>(pair->at_least) / static_cast<double>(flips));
    result.corrected[pair->first * methods + pair->second] = largest;
    result.corrected[pair->second * methods + pair->first] = largest;
  }
  return result;
}

}  // namespace bench::statistics
