#include "verdicts/gate/cost_guard.h"

#include <algorithm>
#include <cmath>

#include "core/text/number.h"

namespace bench::verdicts {
namespace {

using Decisions = std::vector<std::pair<std::string, CostDecision>>;

// An interval of equal rounds needs this many to exist at the alarm level (decide_cost).
constexpr std::size_t kRoundsOfACount = 8;

bool is_time(const std::string& figure) {
  return figure == kLatencyMs;
}

int gravity(GateVerdict verdict) {
  switch (verdict) {
    case GateVerdict::kPass:
      return 0;
    case GateVerdict::kInconclusive:
      return 1;
    case GateVerdict::kNothingMeasured:
      return 2;
    case GateVerdict::kRegression:
      break;
  }
  return 3;
}

GateVerdict gravest(const Decisions& decisions) {
  if (decisions.empty()) return GateVerdict::kNothingMeasured;
  GateVerdict worst = GateVerdict::kPass;
  for (const auto& [figure, decision] : decisions) {
    if (gravity(decision.verdict) > gravity(worst)) worst = decision.verdict;
  }
  return worst;
}

Decisions decide_counts(const CostFigures& baseline, const CostFigures& candidate,
                        const CostOptions& options) {
  Decisions decisions;
  for (const auto& [name, count] : baseline.counts) {
    const auto other = candidate.counts.find(name);
    if (other == candidate.counts.end()) continue;
    const std::vector<CostRound> rounds(kRoundsOfACount, {count, other->second});
    decisions.emplace_back(name, decide_cost(name, rounds, options));
    const auto verdict = decisions.back().second.verdict;
    decisions.back().second.explanation =
        name + (other->second == count ? " is unchanged."
                                       : " went from " + text::thousands(std::llround(count)) +
                                             " to " + text::thousands(std::llround(other->second)) +
                                             ": " + to_string(verdict) + ".");
  }
  return decisions;
}

/// Mean of the logarithms of all values whose index is `place` modulo `count`.
double log_mean(const std::vector<double>& values, std::size_t place, std::size_t count) {
  double sum = 0.0;
  int n = 0;
  for (std::size_t i = place; i < values.size(); i += count, ++n) sum += std::log(values[i]);
  return sum / n;
}

/// The rounds of a figure; times in units of the round's yardstick.
std::vector<double> normalized(const CostFigures& figures, const std::string& name) {
  std::vector<double> values = figures.rounds.at(name);
  const auto yardstick = figures.rounds.find(kYardstickMs);
  if (!is_time(name) || yardstick == figures.rounds.end()) return values;
  for (std::size_t i = 0; i < values.size(); ++i) values[i] /= yardstick->second[i];
  return values;
}

std::vector<CostRound> frozen_rounds(const std::vector<double>& baseline,
                                     const std::vector<double>& candidate) {
  const std::size_t count = std::min(baseline.size(), candidate.size());
  std::vector<CostRound> rounds;
  for (std::size_t i = 0; i < count; ++i) {
    rounds.push_back(
        {std::exp(log_mean(baseline, i, count)), std::exp(log_mean(candidate, i, count))});
  }
  return rounds;
}

Decisions decide_frozen_figures(const CostFigures& baseline, const CostFigures& candidate,
                                bool same_environment, const CostOptions& options) {
  Decisions decisions = decide_counts(baseline, candidate, options);
  for (const auto& [name, values] : baseline.rounds) {
    if (name == kYardstickMs || !candidate.rounds.contains(name)) continue;
    auto decision =
        decide_cost(name, frozen_rounds(normalized(baseline, name), normalized(candidate, name)),
                    options, RoundPairing::kFrozen);
    if (!same_environment && decision.verdict != GateVerdict::kNothingMeasured) {
      decision.verdict = GateVerdict::kInconclusive;
      decision.explanation = name + " is not judged because it was frozen in another environment.";
    }
    decisions.emplace_back(name, decision);
  }
  return decisions;
}

void explain_all(CostVerdict& verdict) {
  for (const auto& [figure, decision] : verdict.figures) {
    verdict.explanation += (verdict.explanation.empty() ? "" : " ") + decision.explanation;
  }
  if (verdict.figures.empty()) verdict.explanation = "Nothing measured. This is not a pass.";
  for (const auto& note : verdict.notes) verdict.explanation += " " + note;
}

void note_anchor(const CostBaseline& baseline, CostVerdict& verdict) {
  for (const auto& [figure, decision] : verdict.against_anchor) {
    if (decision.verdict != GateVerdict::kRegression) continue;
    verdict.notes.push_back("Against the anchor (\"" + baseline.anchor->reason +
                            "\"): " + decision.explanation +
                            " Small increases have added up; set a new anchor to accept them.");
    verdict.verdict = GateVerdict::kRegression;
  }
}

void note_staleness(const CostOptions& options, CostVerdict& verdict) {
  for (const auto& [figure, decision] : verdict.figures) {
    const auto& interval = decision.alarm_interval;
    if (!interval || interval->high >= 1.0 / (1.0 + options.margin)) continue;
    verdict.notes.push_back(
        figure +
        " is better by more than the margin: update the baseline, or a later loss "
        "of this gain will go unnoticed.");
  }
}

void require_alike(const CostBaseline& baseline, const CostBaseline& candidate) {
  if (baseline.subject == candidate.subject && baseline.conditions == candidate.conditions) return;
  throw GateError("gate: the baseline is of " + baseline.subject + " (" + baseline.conditions +
                  "), the candidate of " + candidate.subject + " (" + candidate.conditions +
                  "). Measure both in the same way");
}

}  // namespace

CostVerdict decide_interleaved(const CostFigures& baseline, const CostFigures& candidate,
                               const CostOptions& options) {
  CostVerdict verdict{.figures = decide_counts(baseline, candidate, options)};
  for (const auto& [name, values] : baseline.rounds) {
    const auto other = candidate.rounds.find(name);
    if (name == kYardstickMs || other == candidate.rounds.end()) continue;
    if (values.size() != other->second.size()) {
      throw GateError("gate: expected the same number of rounds on both sides, found " +
                      std::to_string(values.size()) + " and " +
                      std::to_string(other->second.size()) + " of " + name);
    }
    std::vector<CostRound> rounds;
    for (std::size_t i = 0; i < values.size(); ++i) rounds.push_back({values[i], other->second[i]});
    verdict.figures.emplace_back(name, decide_cost(name, rounds, options));
  }
  verdict.verdict = gravest(verdict.figures);
  explain_all(verdict);
  return verdict;
}

CostVerdict decide_frozen(const CostBaseline& baseline, const CostBaseline& candidate,
                          const CostOptions& options) {
  require_alike(baseline, candidate);
  const bool same = baseline.provenance.environment == candidate.provenance.environment;
  CostVerdict verdict{
      .figures = decide_frozen_figures(baseline.figures, candidate.figures, same, options)};
  verdict.verdict = gravest(verdict.figures);
  if (!same) {
    verdict.notes.push_back(
        "The baseline was measured in another environment (\"" + baseline.provenance.environment +
        "\", here \"" + candidate.provenance.environment + "\"): build its code, " +
        baseline.provenance.code + ", here and measure both interleaved (--baseline-program).");
  }
  if (baseline.anchor) {
    verdict.against_anchor = decide_frozen_figures(
        baseline.anchor->figures, candidate.figures,
        baseline.anchor->provenance.environment == candidate.provenance.environment, options);
    note_anchor(baseline, verdict);
  }
  if (same) note_staleness(options, verdict);
  explain_all(verdict);
  return verdict;
}

CostBaseline advance(const CostBaseline& baseline, const CostBaseline& candidate,
                     const CostVerdict& verdict) {
  if (verdict.verdict != GateVerdict::kPass) {
    throw GateError("gate: only a pass updates the baseline, and the verdict is \"" +
                    to_string(verdict.verdict) +
                    "\". To accept the figures on purpose, give a reason for a new anchor");
  }
  CostBaseline next = candidate;
  next.anchor = baseline.anchor
                    ? baseline.anchor
                    : CostAnchor{baseline.figures, kFirstAnchorReason, baseline.provenance};
  return next;
}

CostBaseline re_anchor(const CostBaseline& candidate, const std::string& reason) {
  if (reason.empty()) throw GateError("gate: a new anchor needs a reason");
  CostBaseline accepted = candidate;
  accepted.anchor = CostAnchor{candidate.figures, reason, candidate.provenance};
  return accepted;
}

}  // namespace bench::verdicts
