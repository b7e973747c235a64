#include "metrics/statistics/best_of_table.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "metrics/statistics/joint_sign_flips.h"
#include "metrics/statistics/t_test.h"

namespace bench::statistics {
namespace {

void require_table(std::span<const MethodScores> methods, double level) {
  require_level("compare_against_best", level);
  if (methods.empty()) throw StatisticsError("compare_against_best: needs at least one method");
  for (const auto& method : methods) {
    const std::string where = "compare_against_best, method \"" + method.name + "\"";
    require_sample(where, method.per_image, 1);
    if (method.per_image.size() == methods[0].per_image.size()) continue;
    throw StatisticsError(where + ": has scores of " + std::to_string(method.per_image.size()) +
                          " images, but \"" + methods[0].name + "\" of " +
                          std::to_string(methods[0].per_image.size()) +
                          ". Compare the images that all methods have");
  }
}

AgainstBest against_best(const MethodScores& method, const MethodScores& best) {
  AgainstBest row{.name = method.name, .mean = mean(method.per_image)};
  if (&method == &best) return row;
  const auto differences = paired_differences(method.per_image, best.per_image);
  const MeanSummary summary = summarize(differences);
  row.difference = summary.mean;
  row.t_interval = summary.interval;
  return row;
}

bool differs_from_all(const PairwiseP& matrix, std::size_t index, double level) {
  for (std::size_t other = 0; other < matrix.methods; ++other) {
    if (other != index && matrix.of(index, other) > level) return false;
  }
  return matrix.methods > 1;
}

std::string reach_warning(std::size_t images, double smallest, double level) {
  char text[120];
  std::snprintf(
      text, sizeof text,
      "with %zu images, no p is below %.4g, so no difference can be significant at level %.4g",
      images, smallest, level);
  return text;
}

}  // namespace

BestOfTable compare_against_best(std::span<const MethodScores> methods, Direction direction,
                                 double level) {
  require_table(methods, level);
  std::vector<double> means;
  std::vector<std::vector<double>> scores;
  for (const auto& method : methods) {
    means.push_back(mean(method.per_image));
    scores.push_back(method.per_image);
  }
  std::vector<std::size_t> order(methods.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return direction == Direction::kHigherIsBetter ? means[left] > means[right]
                                                   : means[left] < means[right];
  });
  const PairwiseP matrix = joint_sign_flip_test(scores);
  BestOfTable table{.best = order[0]};
  for (std::size_t i = 0; i < methods.size(); ++i) {
    table.methods.push_back(against_best(methods[i], methods[table.best]));
    AgainstBest& row = table.methods.back();
    row.p = matrix.of(i, table.best);
    row.distinguishable = i != table.best && row.p <= level;
  }
  table.best_is_supported = differs_from_all(matrix, table.best, level);
  if (methods.size() > 1) {
    table.second = order[1];
    table.second_is_supported = differs_from_all(matrix, order[1], level);
  }
  if (methods.size() > 1 && !can_reach(matrix.smallest_p, level)) {
    table.warnings.push_back(reach_warning(methods[0].per_image.size(), matrix.smallest_p, level));
  }
  return table;
}

}  // namespace bench::statistics
