#pragma once

#include <optional>
#include <string>

#include "metrics/statistics/sample.h"
#include "verdicts/compare/measured_scores.h"

namespace bench::verdicts {

enum class GateVerdict { kPass, kRegression, kInconclusive, kNothingMeasured };

/// Exit status of a gate: pass 0, regression 3, inconclusive 4, nothing measured 5.
int exit_code(GateVerdict verdict);

/// "pass", "regression", "inconclusive", "nothing measured".
std::string to_string(GateVerdict verdict);

/// Defaults: a loss is called a regression with at most 0.5 % false alarms (nominal).
struct GateOptions {
  double margin = 0.05;        ///< a loss below it is no regression, in the unit of the scores
  double alarm_level = 0.005;  ///< probability of a false alarm, one-sided
  double pass_level = 0.05;    ///< probability of passing a loss as large as the margin
};

struct GateDecision {
  GateVerdict verdict = GateVerdict::kNothingMeasured;
  std::string explanation = {};  ///< one paragraph for people
  std::size_t images = 0;
  std::size_t baseline_seeds = 0;
  std::size_t candidate_seeds = 0;
  double change = 0.0;  ///< mean(candidate) - mean(baseline), positive where better
  /// Of the change: over images (of the means over seeds) and over seeds (of the means over
  /// images), both at confidence 1 - 2 alarm_level. Empty where there is no spread to judge by.
  std::optional<statistics::Interval> over_images = {};
  std::optional<statistics::Interval> over_seeds = {};
  std::optional<statistics::Interval> alarm_interval = {};  ///< the hull of those that are needed
  std::optional<statistics::Interval> pass_interval = {};   ///< at confidence 1 - 2 pass_level
  double wilcoxon_p = 1.0;                ///< over images, two-sided; reported, not decided by
  std::optional<double> detectable = {};  ///< the smallest loss that would have been an alarm
  std::optional<int> seeds_needed = {};   ///< a side, for the pass interval to fit the margin
  bool better_beyond_margin = false;      ///< the baseline is stale: see verdicts/gate/drift.h
};

/// Is the candidate worse than the baseline? Paired over images, and over seeds as `role` says.
///
/// An interval of the change is made from each source of noise that `role` has: Student's t over
/// images, and over seeds (pooled two-sample t for independent trainings, paired t for matched
/// ones). Both must agree, so their hull decides:
/// - pass: the hull at the pass level lies above -margin, i.e. a loss of the margin is excluded;
/// - regression: not pass, and the hull at the alarm level lies below zero;
/// - inconclusive: neither, or no interval, e.g. one training a side, which has no spread;
/// - nothing measured: no image or no seed on either side.
/// A pass is thus shown, never assumed from a test that failed to reject.
/// \throws GateError for unlike protocols or images, unequal seeds under kMatchedTrainings or
///         kEvaluationOnly, or an option out of range.
GateDecision decide(const MeasuredScores& baseline, const MeasuredScores& candidate, SeedRole role,
                    const GateOptions& options = {});

/// Whether a second measurement (`with_more_seeds`) may change the verdict for the better.
bool wants_second_measurement(const GateDecision& decision);

}  // namespace bench::verdicts
