#include "reports/sections/method_difference.h"

#include <algorithm>

#include "metrics/statistics/hierarchical_bootstrap.h"
#include "metrics/statistics/t_test.h"
#include "metrics/statistics/table_standing.h"

namespace bench::reports {
namespace {

using statistics::Inference;

Inference scope_named(const std::string& text) {
  return statistics::inference_named(text).value_or(Inference::kMethods);
}

statistics::MethodRow method_row(const ContestantScores& scores) {
  return {scores.label, scores.seeds, scores.by_seed, scores.is_trained};
}

std::optional<Interval> turned_interval(const std::optional<statistics::Interval>& interval,
                                        bool turn) {
  if (!interval) return std::nullopt;
  return turn ? Interval{-interval->high, -interval->low} : Interval{interval->low, interval->high};
}

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// One seed of what is not trained is no sample of seeds, and is not counted as one.
std::string sample_of(const ContestantScores& a, const ContestantScores& b) {
  const auto images = counted(a.by_seed.front().size(), "image");
  const auto is_drawn = [](const ContestantScores& one) {
    return one.is_trained || one.by_seed.size() > 1;
  };
  const std::size_t left = a.by_seed.size(), right = b.by_seed.size();
  if (!is_drawn(a) && !is_drawn(b)) return images;
  if (!is_drawn(a)) return counted(right, "seed") + " × " + images;
  if (!is_drawn(b) || left == right) return counted(left, "seed") + " × " + images;
  return std::to_string(left) + " and " + counted(right, "seed") + " × " + images;
}

std::vector<double> image_differences(const ContestantScores& a, const ContestantScores& b) {
  return statistics::paired_differences(statistics::means_over_seeds(a.by_seed),
                                        statistics::means_over_seeds(b.by_seed));
}

// The networks as they are: images are all that is drawn.
void difference_of_networks(const ContestantScores& a, const ContestantScores& b, bool turn,
                            MethodDifference& found) {
  const auto differences = image_differences(a, b);
  const auto summary = statistics::summarize(differences);
  found.effect = turn ? -summary.mean : summary.mean;
  found.interval = turned_interval(summary.interval, turn);
  if (differences.size() > 1) {
    found.p = statistics::t_test(differences).p;
  } else {
    found.refusal = "one image says nothing of other images";
  }
}

}  // namespace

MethodDifference method_difference(const ContestantScores& a, const ContestantScores& b,
                                   bool higher_is_better, const std::string& inference) {
  MethodDifference found{.sample = sample_of(a, b)};
  const bool turn = !higher_is_better;
  const auto scope = scope_named(inference);
  if (scope == Inference::kTheseNetworks) {
    difference_of_networks(a, b, turn, found);
    return found;
  }
  const auto comparison = statistics::compare_rows(method_row(a), method_row(b), scope);
  found.effect = turn ? -comparison.mean_difference : comparison.mean_difference;
  found.interval = turned_interval(comparison.interval, turn);
  found.refusal = comparison.refusal;
  if (!found.refusal.empty()) return found;
  found.p = comparison.p;
  if (comparison.seed_parts.empty()) return found;
  const bool both = comparison.seeds_a > 1 && comparison.seeds_b > 1;
  const auto seeds = both ? std::min(comparison.seeds_a, comparison.seeds_b)
                          : std::max(comparison.seeds_a, comparison.seeds_b);
  found.detectable_now = statistics::detectable_difference(comparison, seeds);
  found.seeds_needed = statistics::seeds_to_detect(comparison, comparison.mean_difference);
  return found;
}

std::optional<MethodEquivalence> method_equivalence(const ContestantScores& a,
                                                    const ContestantScores& b, double margin,
                                                    bool higher_is_better,
                                                    const std::string& inference) {
  const auto scope = scope_named(inference);
  statistics::EquivalenceTest test;
  if (scope == Inference::kTheseNetworks) {
    const auto differences = image_differences(a, b);
    if (differences.size() < 2) return std::nullopt;
    test = statistics::equivalence_test(differences, margin);
  } else {
    const auto comparison = statistics::compare_rows(method_row(a), method_row(b), scope);
    if (!comparison.refusal.empty()) return std::nullopt;
    test = statistics::crossed_equivalence(comparison, margin);
  }
  const auto interval = *turned_interval(test.interval, !higher_is_better);
  return MethodEquivalence{.is_equal = test.equivalent,
                           .is_unequal = interval.low > margin || interval.high < -margin,
                           .interval = interval,
                           .p = test.p};
}

}  // namespace bench::reports
