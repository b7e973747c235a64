#include "verdicts/gate/cost_decision.h"

#include <cmath>
#include <cstdio>
#include <vector>

#include "metrics/statistics/hodges_lehmann.h"
#include "verdicts/gate/explanation.h"

namespace bench::verdicts {
namespace {

using statistics::Interval;

std::vector<double> log_ratios(std::span<const CostRound> rounds) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    for (const double figure : {rounds[i].baseline, rounds[i].candidate}) {
      if (figure > 0.0 && std::isfinite(figure)) continue;
      throw GateError("gate: figures of cost are positive and finite, but round " +
                      std::to_string(i) + " has " + std::to_string(figure));
    }
    ratios.push_back(std::log(rounds[i].candidate / rounds[i].baseline));
  }
  return ratios;
}

std::optional<Interval> ratio_interval(std::span<const double> ratios, double level) {
  const auto interval = statistics::hodges_lehmann_paired(ratios, 1.0 - 2.0 * level).interval;
  if (!interval) return std::nullopt;
  return Interval{std::exp(interval->low), std::exp(interval->high), interval->confidence};
}

// What both sides of a round did not meet together is not in the interval: the margin holds it.
double alarm_from(double margin, RoundPairing pairing) {
  return pairing == RoundPairing::kFrozen ? 1.0 + margin : 1.0;
}

GateVerdict verdict_of(const CostDecision& decision, double margin, RoundPairing pairing) {
  if (decision.pass_interval && decision.pass_interval->high < 1.0 + margin) {
    return GateVerdict::kPass;
  }
  if (decision.alarm_interval && decision.alarm_interval->low > alarm_from(margin, pairing)) {
    return GateVerdict::kRegression;
  }
  return GateVerdict::kInconclusive;
}

std::string percent_change(double ratio) {
  return signed_number(100.0 * (ratio - 1.0), 2) + " %";
}

std::string interval_text(const Interval& interval) {
  std::string text("[");
  text += percent_change(interval.low) + ", " + percent_change(interval.high);
  return text + "]";
}

std::string rounds_text(std::size_t rounds, RoundPairing pairing) {
  const std::string count = std::to_string(rounds);
  return pairing == RoundPairing::kInterleaved
             ? count + (rounds == 1 ? " interleaved round" : " interleaved rounds")
             : count + (rounds == 1 ? " round" : " rounds") + " against as many frozen ones";
}

std::string why(const CostDecision& decision, const CostOptions& options, RoundPairing pairing) {
  const std::string margin = percent_change(1.0 + options.margin);
  if (decision.verdict == GateVerdict::kPass) {
    return "the interval " + interval_text(*decision.pass_interval) + " excludes the margin of " +
           margin;
  }
  if (decision.verdict == GateVerdict::kRegression && pairing == RoundPairing::kFrozen) {
    return "the interval " + interval_text(*decision.alarm_interval) +
           " lies above the margin of " + margin;
  }
  if (decision.verdict == GateVerdict::kRegression) {
    return "the interval " + interval_text(*decision.alarm_interval) +
           " lies above zero, and the margin of " + margin + " is not excluded";
  }
  if (!decision.alarm_interval) {
    return "too few rounds to show an increase at level " + std::to_string(options.alarm_level) +
           ", and the margin is not excluded; measure more rounds";
  }
  if (pairing == RoundPairing::kFrozen) {
    return "the interval " + interval_text(*decision.alarm_interval) + " contains the margin of " +
           margin + "; measure both sides interleaved";
  }
  return "the interval " + interval_text(*decision.alarm_interval) +
         " contains zero, and the margin of " + margin +
         " is not excluded; measure more rounds or use a quieter machine";
}

}  // namespace

CostDecision decide_cost(const std::string& figure, std::span<const CostRound> rounds,
                         const CostOptions& options, RoundPairing pairing) {
  if (!(options.margin > 0.0)) {
    throw GateError("gate: expected a positive margin, got " + std::to_string(options.margin));
  }
  CostDecision decision{.rounds = rounds.size()};
  if (rounds.empty()) {
    decision.explanation =
        "Nothing measured: there is no round of " + figure + ". This is not a pass.";
    return decision;
  }
  const std::vector<double> ratios = log_ratios(rounds);
  decision.ratio = std::exp(statistics::hodges_lehmann_paired(ratios).shift);
  decision.alarm_interval = ratio_interval(ratios, options.alarm_level);
  decision.pass_interval = ratio_interval(ratios, options.pass_level);
  if (decision.alarm_interval) {
    decision.detectable_ratio =
        alarm_from(options.margin, pairing) * decision.ratio / decision.alarm_interval->low;
  }
  decision.verdict = verdict_of(decision, options.margin, pairing);
  decision.explanation = verdict_opening(decision.verdict) + ": " + figure + " over " +
                         rounds_text(decision.rounds, pairing) + " changed by " +
                         percent_change(decision.ratio) + "; " + why(decision, options, pairing) +
                         ".";
  return decision;
}

}  // namespace bench::verdicts
