#include "statistics/best_of_table.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "statistics/holm.h"
#include "statistics/signed_rank.h"
#include "statistics/t_test.h"

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

/// p of every pair of methods, as a symmetric square matrix; 1 on the diagonal.
struct PairwiseP {
  std::size_t size;
  std::vector<double> raw;
  std::vector<double> holm;
  double smallest_reachable = 0.0;  ///< the largest of the pairs' smallest p

  double holm_of(std::size_t i, std::size_t j) const { return holm[i * size + j]; }
};

PairwiseP pairwise_p(std::span<const MethodScores> methods) {
  const std::size_t size = methods.size();
  PairwiseP matrix{size, std::vector<double>(size * size, 1.0),
                   std::vector<double>(size * size, 1.0)};
  std::vector<double> family;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j) {
      const SignedRankTest test =
          signed_rank_test(paired_differences(methods[i].per_image, methods[j].per_image));
      matrix.raw[i * size + j] = matrix.raw[j * size + i] = test.p;
      if (test.n > 0) {
        matrix.smallest_reachable = std::max(matrix.smallest_reachable, test.smallest_p);
      }
      family.push_back(test.p);
    }
  }
  const std::vector<double> adjusted = holm_adjusted(family);
  std::size_t next = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j) {
      matrix.holm[i * size + j] = matrix.holm[j * size + i] = adjusted[next++];
    }
  }
  return matrix;
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
  for (std::size_t other = 0; other < matrix.size; ++other) {
    if (other != index && matrix.holm_of(index, other) > level) return false;
  }
  return matrix.size > 1;
}

std::string reach_warning(std::size_t images, std::size_t pairs, double smallest, double level) {
  char text[200];
  std::snprintf(text, sizeof text,
                "%zu images and %zu pairs of methods: the smallest corrected p is %.4g, so nothing "
                "can be told apart at level %.4g",
                images, pairs, smallest, level);
  return text;
}

}  // namespace

BestOfTable compare_against_best(std::span<const MethodScores> methods, Direction direction,
                                 double level) {
  require_table(methods, level);
  std::vector<double> means;
  for (const auto& method : methods) means.push_back(mean(method.per_image));
  std::vector<std::size_t> order(methods.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return direction == Direction::kHigherIsBetter ? means[left] > means[right]
                                                   : means[left] < means[right];
  });
  const PairwiseP matrix = pairwise_p(methods);
  BestOfTable table{.best = order[0]};
  for (std::size_t i = 0; i < methods.size(); ++i) {
    table.methods.push_back(against_best(methods[i], methods[table.best]));
    AgainstBest& row = table.methods.back();
    row.p = matrix.raw[i * matrix.size + table.best];
    row.p_holm = matrix.holm_of(i, table.best);
    row.distinguishable = i != table.best && row.p_holm <= level;
  }
  table.best_is_supported = differs_from_all(matrix, table.best, level);
  if (methods.size() > 1) {
    table.second = order[1];
    table.second_is_supported = differs_from_all(matrix, order[1], level);
  }
  const std::size_t pairs = methods.size() * (methods.size() - 1) / 2;
  const double reachable = matrix.smallest_reachable * static_cast<double>(pairs);
  if (!can_reach(reachable, level)) {
    table.warnings.push_back(
        reach_warning(methods[0].per_image.size(), pairs, std::min(1.0, reachable), level));
  }
  return table;
}

}  // namespace bench::statistics
