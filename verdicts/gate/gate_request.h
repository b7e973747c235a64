#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "verdicts/compare/choose_scores.h"
#include "verdicts/gate/drift.h"

namespace bench::verdicts {

/// What `bench gate` was asked.
struct GateRequest {
  std::string baseline = {};                 ///< a baseline file, or a run
  std::vector<std::string> candidates = {};  ///< one run, or two: the second has other seeds
  ScoreChoice choice = {};
  std::string margin = {};           ///< e.g. "0.05dB"
  std::string seed_role = {};        ///< empty: what the baseline file or else the contestant says
  bool allow_other_subject = false;  ///< hold another contestant, task or experiment against it
};

/// What the gate says, and of what.
struct GateOutcome {
  Baseline baseline = {};
  std::string baseline_name = {};  ///< the file or the run
  ChosenScores candidate = {};
  std::optional<ChosenScores> second = {};  ///< a second measurement, where it was consulted
  GateOptions options = {};
  GuardedDecision decision = {};
  bool wants_second = false;  ///< another measurement may still change the verdict for the better
};

/// Another measurement of the same question with other seeds: the name of its run, or empty where
/// none can be made. Asked once, and only where the first verdict is not a pass.
using Remeasure = std::function<std::string(const ChosenScores& first)>;

/// Holds the candidate against the baseline, under the rules of verdicts/gate/drift.h. A second
/// measurement is consulted only where the first wants one, and its seeds are added to the first's.
/// \throws BadInput for unlike protocols, images or data, and for scores of another contestant,
/// task
///         or experiment unless the request allows them, naming both.
GateOutcome judge(const db::RunReader& reader, const GateRequest& request,
                  const Remeasure& remeasure = {});

/// The baseline to store in `file`: the scores of `from`, its own anchor if the file is new. Over
/// an existing file a pass against it is needed, unless `reason` accepts the scores; another
/// contestant, task or experiment than the file's takes the request's permission. \throws BadInput
/// if nothing was measured, or without a pass and a reason.
Baseline next_baseline(const db::RunReader& reader, const std::filesystem::path& file,
                       const std::string& from, const GateRequest& request,
                       const std::string& reason);

/// "independent-trainings", "matched-trainings" or "evaluation-only"; empty: `fallback`.
/// \throws BadInput
SeedRole seed_role_named(const std::string& name, SeedRole fallback);

/// The paragraph that people read.
std::string gate_paragraph(const GateOutcome& outcome);

/// All facts as JSON, format "bench-gate-result", version 1.
std::string gate_json(const GateOutcome& outcome);

}  // namespace bench::verdicts
