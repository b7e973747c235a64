#include "reports/sections/comparison.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "metrics/statistics/hierarchical_bootstrap.h"
#include "metrics/statistics/sample.h"
#include "metrics/statistics/t_test.h"
#include "metrics/statistics/table_standing.h"
#include "reports/content/number_text.h"

namespace bench::reports {
namespace {

using statistics::Inference;

Inference inference_of(const std::string& text) {
  return statistics::inference_named(text).value_or(Inference::kMethods);
}

Mark mark_of(const statistics::TableStanding& standing, std::size_t index) {
  if (index == standing.best) return standing.best_is_supported ? Mark::kBest : Mark::kTied;
  if (standing.second_is_supported && standing.second == index) return Mark::kSecond;
  return standing.rows[index].is_worse ? Mark::kNone : Mark::kTied;
}

std::optional<Interval> shown(const std::optional<statistics::Interval>& interval) {
  if (!interval) return std::nullopt;
  return Interval{interval->low, interval->high};
}

/// Seen from the better one: positive differences, whatever the metric's direction.
void turn(Lead& lead) {
  lead.difference = -lead.difference;
  if (lead.interval) lead.interval = Interval{-lead.interval->high, -lead.interval->low};
  lead.share_better = 1.0 - lead.share_better;
  if (lead.share_interval) {
    lead.share_interval = Interval{1.0 - lead.share_interval->high, 1.0 - lead.share_interval->low};
  }
}

std::string amount(double value, const MetricText& metric) {
  return rounded(value, metric.decimals) + (metric.unit.empty() ? "" : " " + metric.unit);
}

/// What the seeds can show, and what more of them would: so many as show the difference measured,
/// where images allow it, else ten, or twice as many.
std::string power_text(const statistics::CrossedComparison& comparison, const MetricText& metric) {
  if (!comparison.refusal.empty()) {
    const auto& text = comparison.refusal;
    return "No test: " + text + ".";
  }
  if (comparison.seed_parts.empty()) return "Nothing here was trained.";
  const bool both = comparison.seeds_a > 1 && comparison.seeds_b > 1;
  const std::size_t seeds = both ? std::min(comparison.seeds_a, comparison.seeds_b)
                                 : std::max(comparison.seeds_a, comparison.seeds_b);
  const auto now = statistics::detectable_difference(comparison, seeds);
  const auto enough = statistics::seeds_to_detect(comparison, comparison.mean_difference);
  const std::size_t more =
      enough && *enough > seeds ? *enough : std::max<std::size_t>(10, 2 * seeds);
  const auto then = statistics::detectable_difference(comparison, more);
  return std::to_string(seeds) + " seeds can show " + amount(*now, metric) + " here; " +
         std::to_string(more) + " seeds would show " + amount(*then, metric) + ".";
}

statistics::MethodRow row_of(const ContestantScores& contestant) {
  return {contestant.label, contestant.seeds, contestant.by_seed, contestant.is_trained};
}

/// The two networks as they are, image by image.
void compare_networks(const statistics::MethodRow& best, const statistics::MethodRow& second,
                      Lead& lead) {
  const auto differences = statistics::paired_differences(
      statistics::means_over_seeds(best.by_seed), statistics::means_over_seeds(second.by_seed));
  const auto summary = statistics::summarize(differences);
  lead.difference = summary.mean;
  lead.interval = shown(summary.interval);
  if (differences.size() > 1) lead.p = statistics::t_test(differences).p;
  double above = 0.0;
  for (const double one : differences) above += one > 0.0 ? 1.0 : one < 0.0 ? 0.0 : 0.5;
  lead.share_better = above / static_cast<double>(differences.size());
}

Lead lead_of(const statistics::TableStanding& standing,
             const std::vector<statistics::MethodRow>& rows, const MetricText& metric,
             Inference inference) {
  const auto& best = rows[standing.best];
  const auto& second = rows[*standing.second];
  Lead lead{
      standing.best, *standing.second, 0, {}, {}, 0, {}, "Seeds are no part of this question."};
  if (inference == Inference::kTheseNetworks) {
    compare_networks(best, second, lead);
  } else {
    const auto comparison = statistics::compare_rows(best, second, inference);
    const auto share = statistics::probability_better(
        {best.by_seed, best.is_trained}, {second.by_seed, second.is_trained},
        {.inference = inference,
         .seeds = best.seeds == second.seeds ? statistics::Seeds::kMatched
                                             : statistics::Seeds::kUnmatched});
    lead.difference = comparison.mean_difference;
    lead.interval = shown(comparison.interval);
    if (comparison.refusal.empty()) lead.p = comparison.p;
    lead.share_better = share.estimate;
    lead.share_interval = shown(share.interval);
    lead.power = power_text(comparison, metric);
  }
  if (!metric.higher_is_better) turn(lead);
  return lead;
}

}  // namespace

std::string marks_explained(const std::string& inference) {
  const std::string marks =
      "Bold: better than all other rows; underlined: better than all lower-ranked rows; ≈: not "
      "significantly different from the best. The marks speak of " +
      inference + " (";
  switch (inference_of(inference)) {
    case Inference::kMethods:
      return marks + "tests over seeds and images, 5 % level).";
    case Inference::kMethodsOnThisTestSet:
      return marks + "tests over seeds, 5 % level).";
    case Inference::kTheseNetworks:
      break;
  }
  return marks +
         "two-sided sign-flip test paired by image, scores averaged over seeds, 5 % level, "
         "corrected for multiple comparisons (Westfall-Young)).";
}

std::string marks_scope(const std::string& inference) {
  return "marks: " + inference;
}

Comparison compare_contestants(const std::vector<ContestantScores>& contestants,
                               const MetricText& metric, const std::string& inference) {
  const Inference scope = inference_of(inference);
  std::vector<statistics::MethodRow> rows;
  for (const auto& contestant : contestants) rows.push_back(row_of(contestant));
  const auto standing =
      statistics::standing_in_table(rows,
                                    metric.higher_is_better ? statistics::Direction::kHigherIsBetter
                                                            : statistics::Direction::kLowerIsBetter,
                                    scope);
  Comparison comparison{{}, standing.warnings, {}};
  for (std::size_t i = 0; i < rows.size(); ++i) comparison.marks.push_back(mark_of(standing, i));
  if (standing.second) comparison.lead = lead_of(standing, rows, metric, scope);
  return comparison;
}

std::optional<double> sample_deviation(std::span<const double> values) {
  return statistics::deviation(values);
}

std::optional<Interval> t_interval_95(std::span<const double> values) {
  const auto interval = statistics::summarize(values).interval;
  if (!interval) return std::nullopt;
  return Interval{interval->low, interval->high};
}

FairCoins fair_coins(int coins) {
  const boost::math::binomial distribution(coins, 0.5);
  // The smallest count that is not in the lower 2.5 %; the upper end is its mirror image.
  int low = 0;
  while (boost::math::cdf(distribution, low) <= 0.025) ++low;
  return {coins / 2.0, {static_cast<double>(low), static_cast<double>(coins - low)}};
}

}  // namespace bench::reports
