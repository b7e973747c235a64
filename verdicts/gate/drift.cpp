#include "verdicts/gate/drift.h"

namespace bench::verdicts {
namespace {

MeasuredScores anchored_scores(const Baseline& baseline) {
  MeasuredScores anchored = baseline.measured;
  anchored.seeds = baseline.anchor->seeds;
  anchored.scores = baseline.anchor->scores;
  return anchored;
}

void note_anchor(const Baseline& baseline, GuardedDecision& decision) {
  const GateVerdict verdict = decision.against_anchor->verdict;
  const std::string anchor = "the anchor (\"" + baseline.anchor->reason + "\")";
  if (verdict == GateVerdict::kRegression) {
    decision.notes.push_back("Against " + anchor + ": " + decision.against_anchor->explanation +
                             " Small losses have added up; set a new anchor to accept them.");
  } else if (verdict == GateVerdict::kInconclusive &&
             decision.against_baseline.verdict == GateVerdict::kPass) {
    decision.notes.push_back("Against " + anchor +
                             ", a loss as large as the margin is not excluded (change " +
                             std::to_string(decision.against_anchor->change) + ").");
  }
}

std::string processor_in(const std::string& environment) {
  return environment.substr(0, environment.find(';'));
}

// Baselines of before kernels were on record name the processor alone.
bool are_like(const std::string& first, const std::string& second) {
  return first == second || first.starts_with(second + " (") || second.starts_with(first + " (");
}

void note_environment(const Baseline& baseline, const Provenance& provenance,
                      GuardedDecision& decision) {
  const auto& before = baseline.provenance.environment;
  if (before == provenance.environment) return;
  const bool like = are_like(processor_in(before), processor_in(provenance.environment));
  decision.notes.push_back(std::string(like ? "" : "Measured on unlike processors. ") +
                           "The baseline was measured in another environment (\"" + before +
                           "\", here \"" + provenance.environment +
                           "\"): before blaming the change, re-measure " +
                           baseline.provenance.code + " here, interleaved with the candidate.");
}

}  // namespace

GuardedDecision decide_guarded(const Baseline& baseline, const MeasuredScores& candidate,
                               const Provenance& provenance, const GateOptions& options) {
  if (baseline.provenance.data != provenance.data) {
    throw GateError("gate: the baseline was measured on \"" + baseline.provenance.data +
                    "\", the candidate on \"" + provenance.data +
                    "\". Measure both on the same data or make a new baseline");
  }
  GuardedDecision decision;
  decision.against_baseline = decide(baseline.measured, candidate, baseline.seed_role, options);
  decision.verdict = decision.against_baseline.verdict;
  if (baseline.anchor && decision.verdict != GateVerdict::kNothingMeasured) {
    decision.against_anchor =
        decide(anchored_scores(baseline), candidate, baseline.seed_role, options);
    if (decision.against_anchor->verdict == GateVerdict::kRegression) {
      decision.verdict = GateVerdict::kRegression;
    }
    note_anchor(baseline, decision);
  }
  note_environment(baseline, provenance, decision);
  decision.explanation = decision.against_baseline.explanation;
  for (const auto& note : decision.notes) decision.explanation += " " + note;
  return decision;
}

Baseline advance(const Baseline& baseline, const MeasuredScores& candidate,
                 const Provenance& provenance, const GuardedDecision& decision) {
  if (decision.verdict != GateVerdict::kPass) {
    throw GateError("gate: only a pass updates the baseline, and the verdict is \"" +
                    to_string(decision.verdict) +
                    "\". To accept the scores on purpose, give a reason for a new anchor");
  }
  Baseline next = baseline;
  next.measured = aligned_to(baseline.measured, candidate);
  next.provenance = provenance;
  if (!next.anchor) {
    next.anchor = Anchor{.seeds = baseline.measured.seeds,
                         .scores = baseline.measured.scores,
                         .reason = kFirstAnchorReason,
                         .provenance = baseline.provenance};
  }
  return next;
}

Baseline re_anchor(const MeasuredScores& candidate, SeedRole role, const Provenance& provenance,
                   const std::string& reason) {
  if (reason.empty()) throw GateError("gate: a new anchor needs a reason");
  require_whole("candidate", candidate);
  return {.measured = candidate,
          .seed_role = role,
          .provenance = provenance,
          .anchor = Anchor{.seeds = candidate.seeds,
                           .scores = candidate.scores,
                           .reason = reason,
                           .provenance = provenance}};
}

}  // namespace bench::verdicts
