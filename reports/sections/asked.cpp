#include "reports/sections/asked.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "metrics/statistics/holm.h"
#include "metrics/statistics/rank_correlation.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

using ImageScores = std::map<std::string, double>;

/// Finite scores of a contestant on a task by seed, its data sets taken together.
std::map<std::int64_t, ImageScores> scores_on(const ScoreIndex& scores, const std::string& id,
                                              const std::string& task,
                                              const std::string& protocol) {
  std::map<std::int64_t, ImageScores> by_seed;
  for (const auto& data_set : scores.data_sets(task)) {
    const auto* cell = scores.find({id, task, data_set, protocol});
    if (cell == nullptr) continue;
    for (const auto& [seed, scored] : cell->seeds) {
      for (const auto& [image, value] : scored.by_image) {
        if (std::isfinite(value)) by_seed[seed][data_set + "/" + image] = value;
      }
    }
  }
  return by_seed;
}

std::vector<std::string> common_images(const std::map<std::int64_t, ImageScores>& a,
                                       const std::map<std::int64_t, ImageScores>& b) {
  std::vector<std::string> common;
  if (a.empty() || b.empty()) return common;
  for (const auto& [image, value] : a.begin()->second) {
    const auto has_it = [&image = image](const auto& seed) { return seed.second.contains(image); };
    if (std::all_of(a.begin(), a.end(), has_it) && std::all_of(b.begin(), b.end(), has_it)) {
      common.push_back(image);
    }
  }
  return common;
}

ContestantScores rows_of(const Study& study, const std::string& id,
                         const std::map<std::int64_t, ImageScores>& by_seed,
                         const std::vector<std::string>& images) {
  ContestantScores rows{contestant_label(study, id), {}, {}};
  for (const auto& contestant : study.contestants) {
    if (contestant.id == id) rows.is_trained = contestant.is_trained;
  }
  for (const auto& [seed, scored] : by_seed) {
    rows.seeds.push_back(seed);
    auto& row = rows.by_seed.emplace_back();
    for (const auto& image : images) row.push_back(scored.at(image));
  }
  return rows;
}

void compare_scores(const Study& study, const ScoreIndex& scores, Asked& asked) {
  const Ask& ask = *asked.ask;
  const auto a = scores_on(scores, ask.contestant, asked.task, ask.protocol);
  const auto b = scores_on(scores, asked.other, asked.task, ask.protocol);
  if (a.empty() || b.empty()) {
    asked.why_not =
        contestant_label(study, a.empty() ? ask.contestant : asked.other) + " has no scores there";
    return;
  }
  const auto images = common_images(a, b);
  if (images.empty()) {
    asked.why_not = "there is no image that all seeds of both were scored on";
    return;
  }
  const auto left = rows_of(study, ask.contestant, a, images);
  const auto right = rows_of(study, asked.other, b, images);
  const bool higher_is_better = metric_of_protocol(ask.protocol).higher_is_better;
  asked.difference = method_difference(left, right, higher_is_better, study.inference);
  if (ask.kind == "equal") {
    asked.equivalence =
        method_equivalence(left, right, ask.margin, higher_is_better, study.inference);
  } else {
    asked.p = asked.difference->p;
  }
}

std::vector<std::string> searches_of(const Study& study, const std::string& contestant) {
  std::vector<std::string> found;
  for (const auto& fact : study.architectures) {
    if (fact.contestant == contestant) found.push_back(fact.architecture);
  }
  return found;
}

double ways_to_deal(std::size_t left, std::size_t right) {
  double ways = 1;
  for (std::size_t i = 1; i <= left; ++i) {
    ways = ways * static_cast<double>(right + i) / static_cast<double>(i);
  }
  return ways;
}

void compare_architectures(const Study& study, Asked& asked) {
  const auto left = searches_of(study, asked.ask->contestant);
  const auto right = searches_of(study, asked.other);
  const auto between = distances_between(left, right);
  const auto of_left = distances_within(left), of_right = distances_within(right);
  if (!between || !of_left || !of_right) {
    asked.why_not = "architectures of one length from two seeds of each would tell";
    return;
  }
  asked.architectures =
      ArchitectureDifference{.modules = static_cast<int>(modules_of(left.front()).size()),
                             .left = left.size(),
                             .right = right.size(),
                             .between = between->mean,
                             .within = 0.5 * (of_left->mean + of_right->mean),
                             // Groups of one size may change places without changing the distance.
                             .smallest_p = (left.size() == right.size() ? 2 : 1) /
                                           ways_to_deal(left.size(), right.size())};
  asked.p = permutation_p(left, right);
  if (!asked.p) asked.why_not = "there are too many searches for the exact test";
}

std::optional<double> mean_score(const ScoreIndex& scores, const std::string& id,
                                 const std::string& task, const std::string& protocol) {
  double sum = 0;
  std::size_t count = 0;
  for (const auto& [seed, by_image] : scores_on(scores, id, task, protocol)) {
    for (const auto& [image, value] : by_image) {
      sum += value;
      ++count;
    }
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

std::optional<double> mean_cost(const Study& study, const std::string& id, const std::string& task,
                                const std::string& quantity) {
  double sum = 0;
  std::size_t count = 0;
  for (const auto& cost : study.costs) {
    if (cost.contestant != id || cost.task != task || cost.quantity != quantity) continue;
    sum += cost.value;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

void correlate(const Study& study, const ScoreIndex& scores, Asked& asked) {
  const Ask& ask = *asked.ask;
  Correlation found;
  std::vector<double> xs, ys;
  const double sign = metric_of_protocol(ask.protocol).higher_is_better ? 1 : -1;
  for (const auto& contestant : scored_contestants(study)) {
    const auto y = mean_score(scores, contestant.id, asked.task, ask.protocol);
    const auto x = ask.with_task.empty()
                       ? mean_cost(study, contestant.id, asked.task, ask.quantity)
                       : mean_score(scores, contestant.id, ask.with_task, ask.protocol);
    // What is not restored at all would be an easy last place.
    if (!x || !y || contestant.kind == "degraded") continue;
    found.points.push_back({contestant.id, *x, *y});
    xs.push_back(ask.with_task.empty() ? *x : sign * *x);
    ys.push_back(sign * *y);
  }
  const auto differ = [](const std::vector<double>& values) {
    return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) != values.end();
  };
  if (xs.size() < 3 || !differ(xs) || !differ(ys)) {
    asked.why_not = "fewer than three unlike contestants were measured";
    return;
  }
  const auto ranks = statistics::rank_correlation(xs, ys);
  found.rho = ranks.rho;
  if (ranks.interval) found.interval = Interval{ranks.interval->low, ranks.interval->high};
  asked.p = ranks.p;
  asked.correlation = std::move(found);
}

Asked measured(const Study& study, const ScoreIndex& scores, Asked asked) {
  if (asked.ask->kind == "differs") {
    compare_architectures(study, asked);
  } else if (asked.ask->kind == "correlates") {
    correlate(study, scores, asked);
  } else {
    compare_scores(study, scores, asked);
  }
  return asked;
}

void correct_for_all(std::vector<Asked>& all) {
  std::vector<double> p_values;
  for (const auto& asked : all) {
    if (asked.p) p_values.push_back(*asked.p);
  }
  const auto corrected = statistics::holm_adjusted(p_values);
  std::size_t next = 0;
  for (auto& asked : all) {
    if (asked.p) asked.corrected_p = corrected[next++];
  }
}

}  // namespace

std::vector<Asked> all_asked(const Study& study, const ScoreIndex& scores) {
  static const std::vector<std::string> kNone = {""};
  std::vector<Asked> all;
  for (const auto& ask : study.asks) {
    // A list that the kind does not have is one empty name.
    for (const auto& task : ask.tasks.empty() ? kNone : ask.tasks) {
      for (const auto& other : ask.others.empty() ? kNone : ask.others) {
        all.push_back(measured(study, scores, {.ask = &ask, .other = other, .task = task}));
      }
    }
  }
  correct_for_all(all);
  return all;
}

int tests_among(const std::vector<Asked>& all) {
  return static_cast<int>(
      std::count_if(all.begin(), all.end(), [](const auto& asked) { return asked.p.has_value(); }));
}

}  // namespace bench::reports
