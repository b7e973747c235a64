#include "verdicts/gate/decision.h"

#include <algorithm>
#include <cmath>

#include "metrics/statistics/distributions.h"
#include "metrics/statistics/hierarchical_bootstrap.h"
#include "metrics/statistics/signed_rank.h"
#include "metrics/statistics/t_test.h"
#include "verdicts/gate/explanation.h"

namespace bench::verdicts {
namespace {

using statistics::Interval;
using OptionalInterval = std::optional<Interval>;
using Rows = std::vector<std::vector<double>>;

void require_options(const GateOptions& options) {
  const auto is_level = [](double level) { return level > 0.0 && level < 0.5; };
  if (options.margin > 0.0 && std::isfinite(options.margin) && is_level(options.alarm_level) &&
      is_level(options.pass_level)) {
    return;
  }
  throw GateError("gate: expected a positive margin and levels between 0 and 0.5, got margin " +
                  std::to_string(options.margin) + ", alarm level " +
                  std::to_string(options.alarm_level) + ", pass level " +
                  std::to_string(options.pass_level));
}

/// Rows of `measured` in the order of `seeds`, with better scores being larger.
Rows oriented_rows(const MeasuredScores& measured, const std::vector<std::int64_t>& seeds) {
  const double sign = measured.direction == statistics::Direction::kHigherIsBetter ? 1.0 : -1.0;
  Rows rows;
  for (const std::int64_t seed : seeds) {
    const auto found = std::find(measured.seeds.begin(), measured.seeds.end(), seed);
    if (found == measured.seeds.end()) {
      throw GateError(
          "gate: the candidate lacks seed " + std::to_string(seed) +
          " of the baseline, but seeds of this role are paired. Measure the same seeds");
    }
    auto row = measured.scores[static_cast<std::size_t>(found - measured.seeds.begin())];
    for (double& score : row) score *= sign;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<double> seed_means(const Rows& rows) {
  std::vector<double> means;
  for (const auto& row : rows) means.push_back(statistics::mean(row));
  return means;
}

/// What the noise of the comparison is made of.
struct Noise {
  std::vector<double> image_changes;  ///< candidate - baseline, of the means over seeds
  bool seeds_matter = false;
  double seed_change = 0.0;   ///< of the means over images
  double seed_error = 0.0;    ///< its standard error
  double seed_degrees = 0.0;  ///< 0 where there is no spread to judge by
  double training_sd = 0.0;   ///< between trainings of one side (matched: of a difference)
};

void set_matched_noise(const std::vector<double>& before, const std::vector<double>& after,
                       Noise& noise) {
  std::vector<double> changes;
  for (std::size_t s = 0; s < before.size(); ++s) changes.push_back(after[s] - before[s]);
  noise.seed_change = statistics::mean(changes);
  const auto summary = statistics::summarize(changes);
  if (!summary.standard_error) return;
  noise.seed_error = *summary.standard_error;
  noise.training_sd = *summary.deviation;
  noise.seed_degrees = static_cast<double>(changes.size() - 1);
}

void set_independent_noise(const std::vector<double>& before, const std::vector<double>& after,
                           Noise& noise) {
  noise.seed_change = statistics::mean(after) - statistics::mean(before);
  const auto n_before = static_cast<double>(before.size());
  const auto n_after = static_cast<double>(after.size());
  noise.seed_degrees = n_before + n_after - 2.0;
  if (noise.seed_degrees < 1.0) return;
  const double spread_before = statistics::deviation(before).value_or(0.0);
  const double spread_after = statistics::deviation(after).value_or(0.0);
  noise.training_sd = std::sqrt(((n_before - 1.0) * spread_before * spread_before +
                                 (n_after - 1.0) * spread_after * spread_after) /
                                noise.seed_degrees);
  noise.seed_error = noise.training_sd * std::sqrt(1.0 / n_before + 1.0 / n_after);
}

Noise noise_of(const Rows& before, const Rows& after, SeedRole role) {
  Noise noise{.image_changes = statistics::paired_differences(statistics::means_over_seeds(after),
                                                              statistics::means_over_seeds(before)),
              .seeds_matter = role != SeedRole::kEvaluationOnly};
  if (role == SeedRole::kMatchedTrainings) {
    set_matched_noise(seed_means(before), seed_means(after), noise);
  } else if (role == SeedRole::kIndependentTrainings) {
    set_independent_noise(seed_means(before), seed_means(after), noise);
  }
  return noise;
}

OptionalInterval interval_over_images(const Noise& noise, double level) {
  return statistics::summarize(noise.image_changes, 1.0 - 2.0 * level).interval;
}

OptionalInterval interval_over_seeds(const Noise& noise, double level) {
  if (noise.seed_degrees < 1.0) return std::nullopt;
  const double reach =
      statistics::student_t_quantile(1.0 - level, noise.seed_degrees) * noise.seed_error;
  return Interval{noise.seed_change - reach, noise.seed_change + reach, 1.0 - 2.0 * level};
}

OptionalInterval hull(const Noise& noise, double level) {
  const auto images = interval_over_images(noise, level);
  if (!noise.seeds_matter || !images) return images;
  const auto seeds = interval_over_seeds(noise, level);
  if (!seeds) return std::nullopt;
  return Interval{std::min(images->low, seeds->low), std::max(images->high, seeds->high),
                  images->confidence};
}

/// Seeds a side until half the pass interval over seeds is no wider than the margin.
std::optional<int> seeds_needed(const Noise& noise, SeedRole role, const GateOptions& options) {
  constexpr int kMostSeeds = 10'000;
  if (noise.seed_degrees < 1.0) return std::nullopt;
  const double sides = role == SeedRole::kIndependentTrainings ? 2.0 : 1.0;
  for (int n = 2; n <= kMostSeeds; n += n < 100 ? 1 : n / 50) {
    const double t = statistics::student_t_quantile(1.0 - options.pass_level, sides * (n - 1));
    if (t * noise.training_sd * std::sqrt(sides / n) <= options.margin) return n;
  }
  return std::nullopt;
}

Noise noise_between(const MeasuredScores& baseline, const MeasuredScores& aligned, SeedRole role) {
  const bool paired = role != SeedRole::kIndependentTrainings;
  if (paired && aligned.seeds.size() != baseline.seeds.size()) {
    throw GateError("gate: seeds are paired, but the baseline has " +
                    std::to_string(baseline.seeds.size()) + " and the candidate " +
                    std::to_string(aligned.seeds.size()) + ". Measure the same seeds");
  }
  return noise_of(oriented_rows(baseline, baseline.seeds),
                  oriented_rows(aligned, paired ? baseline.seeds : aligned.seeds), role);
}

void set_numbers(GateDecision& decision, const Noise& noise, SeedRole role,
                 const GateOptions& options) {
  decision.change = statistics::mean(noise.image_changes);
  decision.over_images = interval_over_images(noise, options.alarm_level);
  decision.over_seeds = interval_over_seeds(noise, options.alarm_level);
  decision.alarm_interval = hull(noise, options.alarm_level);
  decision.pass_interval = hull(noise, options.pass_level);
  decision.wilcoxon_p = statistics::signed_rank_test(noise.image_changes).p;
  decision.seeds_needed = seeds_needed(noise, role, options);
  if (decision.alarm_interval) {
    decision.detectable = decision.alarm_interval->high - decision.change;
  }
  decision.better_beyond_margin = decision.pass_interval && decision.pass_interval->low > 0.0 &&
                                  decision.change > options.margin;
}

GateVerdict verdict_of(const GateDecision& decision, double margin) {
  if (decision.pass_interval && decision.pass_interval->low > -margin) return GateVerdict::kPass;
  if (decision.alarm_interval && decision.alarm_interval->high < 0.0) {
    return GateVerdict::kRegression;
  }
  return GateVerdict::kInconclusive;
}

}  // namespace

int exit_code(GateVerdict verdict) {
  switch (verdict) {
    case GateVerdict::kPass:
      return 0;
    case GateVerdict::kRegression:
      return 3;
    case GateVerdict::kInconclusive:
      return 4;
    case GateVerdict::kNothingMeasured:
      break;
  }
  return 5;
}

std::string to_string(GateVerdict verdict) {
  switch (verdict) {
    case GateVerdict::kPass:
      return "pass";
    case GateVerdict::kRegression:
      return "regression";
    case GateVerdict::kInconclusive:
      return "inconclusive";
    case GateVerdict::kNothingMeasured:
      break;
  }
  return "nothing measured";
}

GateDecision decide(const MeasuredScores& baseline, const MeasuredScores& candidate, SeedRole role,
                    const GateOptions& options) {
  require_options(options);
  require_whole("baseline", baseline);
  require_whole("candidate", candidate);
  GateDecision decision{.images = candidate.images.size(),
                        .baseline_seeds = baseline.seeds.size(),
                        .candidate_seeds = candidate.seeds.size()};
  if (baseline.images.empty() || baseline.seeds.empty() || candidate.images.empty() ||
      candidate.seeds.empty()) {
    decision.explanation = explain_nothing(decision, baseline);
    return decision;
  }
  const Noise noise = noise_between(baseline, aligned_to(baseline, candidate), role);
  set_numbers(decision, noise, role, options);
  decision.verdict = verdict_of(decision, options.margin);
  decision.explanation = explain(decision, baseline, role, options);
  return decision;
}

bool wants_second_measurement(const GateDecision& decision) {
  return decision.verdict == GateVerdict::kRegression ||
         decision.verdict == GateVerdict::kInconclusive;
}

}  // namespace bench::verdicts
