#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "verdicts/gate/cost_guard.h"

namespace bench::verdicts {

/// What `bench gate cost` was asked.
struct CostGateRequest {
  std::filesystem::path baseline_file = {};  ///< empty: both sides are measured now, interleaved
  std::string baseline_name = {};            ///< of the other side, where both are measured
  std::string margin = "5%";
  bool remeasure = false;  ///< unless it passes, measure as many rounds once more and add them
};

/// Rounds of the candidate, and of the baseline where both are measured now.
struct MeasuredCosts {
  CostBaseline candidate = {};
  std::optional<CostFigures> baseline = {};
};

/// Measures all rounds once; nothing if it was interrupted.
using MeasureCosts = std::function<std::optional<MeasuredCosts>()>;

struct CostGateOutcome {
  MeasuredCosts measured = {};
  CostVerdict verdict = {};
  CostOptions options = {};
  std::string baseline_name = {};  ///< the file, or the other side
  bool was_measured_again = false;
};

/// Measures and judges; measures a second time where asked and the first verdict is not a pass.
/// \returns nothing if it was interrupted
/// \throws BadInput for a baseline file that cannot be read or is of something else.
std::optional<CostGateOutcome> judge_costs(const CostGateRequest& request,
                                           const MeasureCosts& measure);

/// What to store in `file`: over an existing one it takes a pass, unless `reason` accepts it.
/// \throws BadInput
CostBaseline next_cost_baseline(const std::filesystem::path& file, const CostBaseline& measured,
                                const std::string& margin, const std::string& reason);

/// "5%", "5 %" or "0.05" as a share. \throws BadInput
double margin_as_share(const std::string& text);

/// The paragraph that people read, and all facts as JSON ("bench-gate-cost-result", version 1).
std::string cost_gate_paragraph(const CostGateOutcome& outcome);
std::string cost_gate_json(const CostGateOutcome& outcome);

}  // namespace bench::verdicts
