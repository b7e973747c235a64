#include "metrics/statistics/table_standing.h"

#include <algorithm>
#include <numeric>

#include "metrics/statistics/hierarchical_bootstrap.h"
#include "metrics/statistics/holm.h"

namespace bench::statistics {
namespace {

void require_rows(std::span<const MethodRow> rows, double level) {
  require_level("standing_in_table", level);
  if (rows.empty()) throw StatisticsError("standing_in_table: needs at least one row");
  for (const auto& row : rows) {
    const std::string where = "standing_in_table, row \"" + row.name + "\"";
    if (row.by_seed.empty() || row.by_seed.size() != row.seeds.size()) {
      throw StatisticsError(where + ": expected scores of each of its seeds (" +
                            std::to_string(row.seeds.size()) + "), got " +
                            std::to_string(row.by_seed.size()));
    }
    for (const auto& scores : row.by_seed) {
      require_sample(where, scores, 1);
      if (scores.size() == rows[0].by_seed[0].size()) continue;
      throw StatisticsError(where + ": has scores of " + std::to_string(scores.size()) +
                            " images, but \"" + rows[0].name + "\" of " +
                            std::to_string(rows[0].by_seed[0].size()) +
                            ". Compare the images that all rows have");
    }
  }
}

std::vector<std::size_t> order_of(const std::vector<double>& means, Direction direction) {
  std::vector<std::size_t> order(means.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return direction == Direction::kHigherIsBetter ? means[left] > means[right]
                                                   : means[left] < means[right];
  });
  return order;
}

/// p of every pair, as tested alone and as corrected for all of them.
struct Pairs {
  std::size_t rows = 0;
  std::vector<CrossedComparison> comparisons = {};  ///< of the pairs (i, j) with i < j
  std::vector<double> corrected = {};

  std::size_t index(std::size_t i, std::size_t j) const {
    if (i > j) std::swap(i, j);
    return i * (2 * rows - i - 1) / 2 + (j - i - 1);
  }
};

Pairs compare_pairs(std::span<const MethodRow> rows, Inference inference, double level) {
  Pairs pairs{.rows = rows.size()};
  std::vector<double> p_values;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      pairs.comparisons.push_back(compare_rows(rows[i], rows[j], inference, level));
      p_values.push_back(pairs.comparisons.back().p);
    }
  }
  pairs.corrected = holm_adjusted(p_values);
  return pairs;
}

/// Whether the row at `place` is better, tested alone, than every one that follows it.
bool beats_all_below(const Pairs& pairs, const std::vector<std::size_t>& order, std::size_t place,
                     double level) {
  for (std::size_t below = place + 1; below < order.size(); ++below) {
    if (pairs.comparisons[pairs.index(order[place], order[below])].p > level) return false;
  }
  return place + 1 < order.size();
}

std::optional<Interval> turned(const std::optional<Interval>& interval, bool turn) {
  if (!interval || !turn) return interval;
  return Interval{-interval->high, -interval->low, interval->confidence};
}

std::vector<std::string> refusals(std::span<const MethodRow> rows, Inference inference) {
  std::vector<std::string> warnings;
  std::string untested;
  for (const auto& row : rows) {
    if (!row.is_trained || row.by_seed.size() > 1) continue;
    untested += (untested.empty() ? "" : ", ") + row.name;
  }
  if (!untested.empty()) {
    warnings.push_back("trained once, so that nothing can be said of the method: " + untested);
  }
  if (inference == Inference::kMethods && rows[0].by_seed[0].size() < 2) {
    warnings.push_back("one image says nothing of other images");
  }
  return warnings;
}

TableStanding standing_of_networks(std::span<const MethodRow> rows, Direction direction,
                                   double level) {
  std::vector<MethodScores> methods;
  for (const auto& row : rows) methods.push_back({row.name, means_over_seeds(row.by_seed)});
  const auto table = compare_against_best(methods, direction, level);
  TableStanding standing{.best = table.best,
                         .second = table.second,
                         .best_is_supported = table.best_is_supported,
                         .second_is_supported = table.best_is_supported &&
                                                table.second_is_supported && rows.size() > 2,
                         .rows = {},
                         .warnings = table.warnings};
  for (const auto& method : table.methods) {
    standing.rows.push_back({method.name, method.mean, method.difference, method.t_interval,
                             method.p, method.distinguishable});
  }
  return standing;
}

}  // namespace

CrossedComparison compare_rows(const MethodRow& a, const MethodRow& b, Inference inference,
                               double level) {
  return crossed_comparison({a.by_seed, a.is_trained}, {b.by_seed, b.is_trained},
                            {.level = level,
                             .inference = inference,
                             .seeds = a.seeds == b.seeds ? Seeds::kMatched : Seeds::kUnmatched});
}

TableStanding standing_in_table(std::span<const MethodRow> rows, Direction direction,
                                Inference inference, double level) {
  require_rows(rows, level);
  if (inference == Inference::kTheseNetworks) return standing_of_networks(rows, direction, level);
  std::vector<double> means;
  for (const auto& row : rows) means.push_back(mean(means_over_seeds(row.by_seed)));
  const auto order = order_of(means, direction);
  const Pairs pairs = compare_pairs(rows, inference, level);
  TableStanding standing{.best = order[0]};
  standing.best_is_supported = beats_all_below(pairs, order, 0, level);
  if (rows.size() > 1) standing.second = order[1];
  standing.second_is_supported =
      standing.best_is_supported && beats_all_below(pairs, order, 1, level);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    RowStanding row{.name = rows[i].name, .mean = means[i]};
    if (i != standing.best) {
      const std::size_t pair = pairs.index(i, standing.best);
      row.difference = means[i] - means[standing.best];
      row.interval = turned(pairs.comparisons[pair].interval, i > standing.best);
      row.p = pairs.corrected[pair];
      row.is_worse = standing.best_is_supported || row.p <= level;
    }
    standing.rows.push_back(std::move(row));
  }
  standing.warnings = refusals(rows, inference);
  return standing;
}

}  // namespace bench::statistics
