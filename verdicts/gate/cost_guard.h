#pragma once

#include <string>
#include <utility>
#include <vector>

#include "verdicts/gate/cost_baseline.h"
#include "verdicts/gate/cost_decision.h"

namespace bench::verdicts {

/// All figures of one subject, judged together.
struct CostVerdict {
  GateVerdict verdict = GateVerdict::kNothingMeasured;  ///< the gravest of `figures`
  std::vector<std::pair<std::string, CostDecision>> figures = {};
  std::vector<std::pair<std::string, CostDecision>> against_anchor = {};  ///< where there is one
  std::vector<std::string> notes = {};
  std::string explanation = {};  ///< one paragraph, notes included
};

/// Both sides measured in the same rounds, one right after the other: round i of the baseline
/// meets round i of the candidate (`decide_cost`). Counts have no noise: a rise of the margin or
/// more is a regression. Figures that one side lacks are not judged.
/// \throws GateError for unlike numbers of rounds.
CostVerdict decide_interleaved(const CostFigures& baseline, const CostFigures& candidate,
                               const CostOptions& options = {});

/// A candidate measured now against figures frozen in a file. Times are divided by the yardstick
/// of their round, so that a slower hour is no regression; rounds are paired in their order (the
/// sides are independent, so any pairing will do; a longer side's are averaged). What shifts a
/// whole measurement by its day is not in the interval: the margin must hold it, and an alarm of
/// times and memory takes a rise that is surely above the margin.
///
/// The rules of verdicts/gate/drift.h: the candidate is held against the anchor too; in another
/// environment times and memory are inconclusive and only counts are judged; a pass that is better
/// beyond the margin says so. \throws GateError for another subject or other conditions.
CostVerdict decide_frozen(const CostBaseline& baseline, const CostBaseline& candidate,
                          const CostOptions& options = {});

/// The next baseline file: the candidate's figures with the old anchor (the old figures, where
/// they were their own). \throws GateError unless `verdict` is a pass.
CostBaseline advance(const CostBaseline& baseline, const CostBaseline& candidate,
                     const CostVerdict& verdict);

/// A baseline accepted whatever the gate said. \param reason  not empty. \throws GateError
CostBaseline re_anchor(const CostBaseline& candidate, const std::string& reason);

}  // namespace bench::verdicts
