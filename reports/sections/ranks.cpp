#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "metrics/statistics/bootstrap.h"
#include "metrics/statistics/holm.h"
#include "reports/content/number_text.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/method_difference.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

/// Who ranks where over all data sets, and who does not differ: a critical-difference diagram
/// (Demsar 2006, JMLR 7) whose bars come from the comparisons of methods over seeds and images
/// instead of Nemenyi's test, which would take images for data sets.
namespace bench::reports {
namespace {

/// Scores of all contestants on one data set: images that every seed of each has.
struct RankedColumn {
  std::vector<ContestantScores> contestants;
};

/// Ranks of the contestants on one image, 1 for the best; equal scores share their mean rank.
std::vector<double> ranks_on_image(const std::vector<double>& scores, bool higher_is_better) {
  std::vector<double> ranks;
  for (const double own : scores) {
    double better = 0, equal = 0;
    for (const double other : scores) {
      better += (higher_is_better ? other > own : other < own) ? 1 : 0;
      equal += other == own ? 1 : 0;
    }
    ranks.push_back(better + 0.5 * (equal + 1));
  }
  return ranks;
}

std::vector<std::string> images_of_every(const std::vector<const ScoreCell*>& cells) {
  std::vector<std::string> images;
  for (const auto& [image, value] : seed_mean_by_image(*cells.front())) {
    const bool everywhere = std::all_of(cells.begin(), cells.end(), [&](const auto* cell) {
      return seed_mean_by_image(*cell).contains(image);
    });
    if (everywhere) images.push_back(image);
  }
  return images;
}

std::optional<RankedColumn> column_of(const Study& study, const ScoreIndex& scores,
                                      const std::vector<ContestantFacts>& contestants,
                                      const std::string& task, const std::string& data_set) {
  std::vector<const ScoreCell*> cells;
  for (const auto& contestant : contestants) {
    cells.push_back(scores.find({contestant.id, task, data_set, study.protocols.front()}));
    if (cells.back() == nullptr) return std::nullopt;
  }
  const auto images = images_of_every(cells);
  if (images.empty()) return std::nullopt;
  RankedColumn column;
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    auto& rows = column.contestants.emplace_back();
    rows.label = contestant_label(study, contestants[i].id);
    rows.is_trained = contestants[i].is_trained;
    for (const auto& [seed, scored] : cells[i]->seeds) {
      rows.seeds.push_back(seed);
      auto& row = rows.by_seed.emplace_back();
      for (const auto& image : images) row.push_back(scored.by_image.at(image));
    }
  }
  return column;
}

double mean_over_seeds(const ContestantScores& rows, std::size_t image) {
  double sum = 0;
  for (const auto& row : rows.by_seed) sum += row[image];
  return sum / static_cast<double>(rows.by_seed.size());
}

/// Whether two contestants differ significantly on the column, corrected for all its pairs.
void add_told_apart(const RankedColumn& column, bool higher_is_better, const std::string& inference,
                    std::vector<std::vector<bool>>& told_apart) {
  const auto& rows = column.contestants;
  std::vector<double> p_values;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      p_values.push_back(
          method_difference(rows[i], rows[j], higher_is_better, inference).p.value_or(1.0));
    }
  }
  const auto corrected = statistics::holm_adjusted(p_values);
  std::size_t pair = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (corrected[pair++] <= 0.05) told_apart[i][j] = told_apart[j][i] = true;
    }
  }
}

/// The longest runs of `order` in which no two differ significantly.
std::vector<std::pair<std::size_t, std::size_t>> groups_in(
    const std::vector<std::size_t>& order, const std::vector<std::vector<bool>>& told_apart) {
  std::vector<std::pair<std::size_t, std::size_t>> groups;
  for (std::size_t first = 0; first < order.size(); ++first) {
    std::size_t last = first;
    const auto fits = [&](std::size_t next) {
      for (std::size_t i = first; i < next; ++i) {
        if (told_apart[order[i]][order[next]]) return false;
      }
      return true;
    };
    while (last + 1 < order.size() && fits(last + 1)) ++last;
    const bool is_within = !groups.empty() && groups.back().second >= last;
    if (last > first && !is_within) groups.emplace_back(first, last);
  }
  return groups;
}

struct Ranking {
  std::vector<std::vector<double>> by_contestant;  ///< ranks on all images
  std::vector<std::vector<bool>> told_apart;       ///< on any data set
  std::size_t data_sets = 0;
};

Ranking ranking_of(const Study& study, const ScoreIndex& scores,
                   const std::vector<ContestantFacts>& contestants) {
  const bool higher = metric_of_protocol(study.protocols.front()).higher_is_better;
  const auto count = contestants.size();
  Ranking ranking{std::vector<std::vector<double>>(count),
                  std::vector<std::vector<bool>>(count, std::vector<bool>(count, false))};
  for (const auto& task : study.tasks) {
    for (const auto& data_set : scores.data_sets(task.id)) {
      const auto column = column_of(study, scores, contestants, task.id, data_set);
      if (!column) continue;
      ++ranking.data_sets;
      add_told_apart(*column, higher, study.inference, ranking.told_apart);
      const auto images = column->contestants.front().by_seed.front().size();
      for (std::size_t image = 0; image < images; ++image) {
        std::vector<double> on_image;
        for (const auto& rows : column->contestants) {
          on_image.push_back(mean_over_seeds(rows, image));
        }
        const auto ranks = ranks_on_image(on_image, higher);
        for (std::size_t i = 0; i < count; ++i) ranking.by_contestant[i].push_back(ranks[i]);
      }
    }
  }
  return ranking;
}

double mean_rank(const std::vector<double>& ranks) {
  double sum = 0;
  for (const double rank : ranks) sum += rank;
  return sum / static_cast<double>(ranks.size());
}

}  // namespace

std::optional<Figure> rank_figure(const Study& study, const ScoreIndex& scores) {
  auto contestants = scored_contestants(study);
  std::erase_if(contestants, [](const auto& one) { return one.kind == "degraded"; });
  if (contestants.size() < 3 || study.protocols.empty()) return std::nullopt;
  const auto ranking = ranking_of(study, scores, contestants);
  if (ranking.data_sets == 0) return std::nullopt;
  std::vector<std::size_t> order;
  std::vector<double> means;
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    order.push_back(i);
    means.push_back(mean_rank(ranking.by_contestant[i]));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return means[a] < means[b]; });
  Intervals figure{.x = {"rank on an image, 1 is best", false}, .is_difference = false};
  std::string words;
  for (const auto i : order) {
    auto sorted = ranking.by_contestant[i];
    std::sort(sorted.begin(), sorted.end());
    figure.rows.push_back({.label = contestant_label(study, contestants[i].id),
                           .value = means[i],
                           .low = statistics::sorted_quantile(sorted, 0.25),
                           .high = statistics::sorted_quantile(sorted, 0.75),
                           .text = rounded(means[i], 2),
                           .is_decided = true});
    words += figure.rows.back().label + ": " + figure.rows.back().text + ". ";
  }
  figure.groups = groups_in(order, ranking.told_apart);
  return Figure{
      .id = "ranks",
      .title = "Ranks by " + protocol_name(study, 0),
      .caption = "Mean rank over the images of " + std::to_string(ranking.data_sets) +
                 (ranking.data_sets == 1 ? " data set" : " data sets") +
                 ", with the middle half of the images; a bar at the right joins contestants "
                 "that are not significantly different on any (" +
                 study.inference + ").",
      .description = std::move(words),
      .content = std::move(figure)};
}

}  // namespace bench::reports
