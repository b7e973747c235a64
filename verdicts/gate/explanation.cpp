#include "verdicts/gate/explanation.h"

#include <cctype>
#include <cstdio>

namespace bench::verdicts {
namespace {

std::string with_unit(const std::string& number, const std::string& unit) {
  return unit.empty() ? number : number + " " + unit;
}

std::string plain_number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string interval_text(const statistics::Interval& interval, const std::string& unit) {
  std::string text("[");
  text += signed_number(interval.low) + ", " + with_unit(signed_number(interval.high), unit);
  return text + "] at " + plain_number(100.0 * interval.confidence) + " %";
}

std::string what_was_compared(const GateDecision& decision, const MeasuredScores& baseline,
                              SeedRole role) {
  const std::string images =
      std::to_string(decision.images) + (decision.images == 1 ? " image" : " images");
  const std::string seeds = std::to_string(decision.baseline_seeds) + " baseline and " +
                            std::to_string(decision.candidate_seeds) + " candidate ";
  switch (role) {
    case SeedRole::kIndependentTrainings:
      return baseline.protocol + " over " + images + ", " + seeds + "trainings";
    case SeedRole::kMatchedTrainings:
      return baseline.protocol + " over " + images + ", " + seeds + "trainings paired by seed";
    case SeedRole::kEvaluationOnly:
      break;
  }
  return baseline.protocol + " over " + images + " with fixed weights";
}

std::string why_inconclusive(const GateDecision& decision, const MeasuredScores& baseline,
                             SeedRole role) {
  if (!decision.alarm_interval) {
    if (decision.images < 2) return "one image gives no spread to judge by; use more images";
    return role == SeedRole::kMatchedTrainings
               ? "one pair of trainings gives no spread to judge by; train with more seeds"
               : "one training per side gives no spread to judge by; train with more seeds";
  }
  std::string text =
      "a loss as large as the margin is neither shown nor excluded; the smallest loss that "
      "would have counted as a regression is " +
      with_unit(plain_number(*decision.detectable), baseline.unit);
  if (role == SeedRole::kEvaluationOnly) return text + "; use more images or a wider margin";
  if (!decision.seeds_needed)
    return text + "; no affordable number of seeds would be enough for this margin";
  return text + "; about " + std::to_string(*decision.seeds_needed) +
         " seeds per side would be enough for this margin";
}

std::string why(const GateDecision& decision, const MeasuredScores& baseline, SeedRole role,
                const GateOptions& options) {
  const std::string margin = with_unit(plain_number(options.margin), baseline.unit);
  switch (decision.verdict) {
    case GateVerdict::kPass: {
      std::string text = "the interval " + interval_text(*decision.pass_interval, baseline.unit) +
                         " excludes a loss as large as the margin of " + margin;
      if (decision.better_beyond_margin) {
        text +=
            ". The candidate is better by more than the margin: update the baseline, or a "
            "later loss of this gain will go unnoticed";
      }
      return text;
    }
    case GateVerdict::kRegression:
      return "the interval " + interval_text(*decision.alarm_interval, baseline.unit) +
             " lies below zero, and a loss as large as the margin of " + margin +
             " is not excluded";
    case GateVerdict::kInconclusive:
      return why_inconclusive(decision, baseline, role);
    case GateVerdict::kNothingMeasured:
      break;
  }
  return "nothing was measured";
}

}  // namespace

std::string signed_number(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%+.*f", digits, value);
  return text;
}

std::string verdict_opening(GateVerdict verdict) {
  std::string opening = to_string(verdict);
  opening[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(opening[0])));
  return opening;
}

std::string explain(const GateDecision& decision, const MeasuredScores& baseline, SeedRole role,
                    const GateOptions& options) {
  const std::string side = decision.change < 0.0   ? " (worse)"
                           : decision.change > 0.0 ? " (better)"
                                                   : "";
  return verdict_opening(decision.verdict) + ": " + what_was_compared(decision, baseline, role) +
         ". The candidate's mean differs by " +
         with_unit(signed_number(decision.change), baseline.unit) + side + ": " +
         why(decision, baseline, role, options) + ".";
}

std::string explain_nothing(const GateDecision& decision, const MeasuredScores& baseline) {
  const bool no_baseline = baseline.images.empty() || baseline.seeds.empty();
  const std::string side = no_baseline ? "baseline" : "candidate";
  return "Nothing measured: the " + side + " has no scores (" + std::to_string(decision.images) +
         " candidate images, " + std::to_string(decision.candidate_seeds) + " candidate and " +
         std::to_string(decision.baseline_seeds) +
         " baseline seeds). This is not a pass. Check that the stages before the gate ran"
         " successfully.";
}

}  // namespace bench::verdicts
