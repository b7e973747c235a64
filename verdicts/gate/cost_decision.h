#pragma once

#include <optional>
#include <span>
#include <string>

#include "verdicts/gate/decision.h"

namespace bench::verdicts {

/// One round of a cost measurement. Interleaved: both sides right after each other, on one machine,
/// the side that goes first alternating; what slows the machine for a while then slows both, and
/// drops out of the round's ratio. Positive; any unit (ms, bytes), lower is better.
struct CostRound {
  double baseline = 0.0;
  double candidate = 0.0;
};

/// Where the baseline's figure of a round comes from.
enum class RoundPairing {
  kInterleaved,  ///< measured in the same round
  kFrozen,       ///< an earlier round, taken from a file
};

struct CostOptions {
  double margin = 0.05;        ///< relative: 0.05 tolerates 5 % more
  double alarm_level = 0.005;  ///< probability of a false alarm, one-sided
  double pass_level = 0.05;    ///< probability of passing a rise as large as the margin
};

struct CostDecision {
  GateVerdict verdict = GateVerdict::kNothingMeasured;
  std::string explanation = {};
  std::size_t rounds = 0;
  double ratio = 1.0;  ///< candidate / baseline, Hodges-Lehmann over rounds; above 1 is worse
  std::optional<statistics::Interval> alarm_interval = {};  ///< of the ratio; empty: too few rounds
  std::optional<statistics::Interval> pass_interval = {};
  std::optional<double> detectable_ratio = {};  ///< the smallest rise that would be an alarm
};

/// Has a time or a memory figure become worse? Signed-rank intervals of the ratios of rounds: no
/// assumption on the shape of the noise but that a round's ratio errs to both sides alike, so
/// outliers do not move it. Verdicts as `decide`: pass if a rise of the margin is excluded,
/// regression if not and the ratio is surely above 1. Fewer than 8 rounds cannot raise an alarm at
/// level 0.005, fewer than 5 cannot pass at 0.05: inconclusive, and the explanation says so.
/// Against frozen rounds a regression is a ratio that is surely above 1 + margin: by how much two
/// measurements of one program differ as a whole is in no interval, so the margin must hold it.
/// \param figure  name for the explanation, e.g. "latency"
/// \throws GateError naming the round whose figure is not positive and finite.
CostDecision decide_cost(const std::string& figure, std::span<const CostRound> rounds,
                         const CostOptions& options = {},
                         RoundPairing pairing = RoundPairing::kInterleaved);

}  // namespace bench::verdicts
