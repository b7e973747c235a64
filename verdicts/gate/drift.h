#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verdicts/gate/baseline.h"

namespace bench::verdicts {

/// A frozen baseline goes wrong in three ways, and each has its rule here.
///
/// 1. Creep. If every passing candidate becomes the next baseline, losses below the margin add up
///    unseen. So a baseline keeps an anchor, the scores that a person last accepted with a reason,
///    and a candidate is held against both. `advance` moves the baseline and never the anchor;
///    `re_anchor` moves the anchor and demands a reason.
/// 2. Staleness. If the baseline stays while the code gets better, a later loss of all that was
///    gained passes. So a pass that is better beyond the margin says "advance the baseline".
/// 3. Another world. Where data differ, scores are not compared. Where the environment differs, a
///    loss may be the machine's: the verdict stands, with a note to re-measure the baseline's code
///    here, interleaved with the candidate, before blaming the change.
struct GuardedDecision {
  GateVerdict verdict = GateVerdict::kNothingMeasured;
  GateDecision against_baseline = {};
  std::optional<GateDecision> against_anchor = {};  ///< empty where the baseline is its own anchor
  std::vector<std::string> notes = {};
  std::string explanation = {};  ///< one paragraph, notes included
};

/// `decide` under the rules above. A regression against either is a regression; else the verdict
/// is that against the baseline. Two tests: false alarms are at most twice the alarm level.
/// \throws GateError as `decide`, or if the data differ.
GuardedDecision decide_guarded(const Baseline& baseline, const MeasuredScores& candidate,
                               const Provenance& provenance, const GateOptions& options = {});

/// The next baseline: the candidate's scores, with the old anchor (the old baseline, where it was
/// its own). \throws GateError unless `decision` is a pass.
Baseline advance(const Baseline& baseline, const MeasuredScores& candidate,
                 const Provenance& provenance, const GuardedDecision& decision);

/// A baseline that a person accepts whatever the gate said, e.g. a loss that buys speed.
/// \param reason  stored in the file; not empty. \throws GateError
Baseline re_anchor(const MeasuredScores& candidate, SeedRole role, const Provenance& provenance,
                   const std::string& reason);

}  // namespace bench::verdicts
