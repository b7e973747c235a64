#include <nlohmann/json.hpp>

#include "verdicts/compare/interval_json.h"
#include "verdicts/gate/gate_request.h"

namespace bench::verdicts {
namespace {

using Json = nlohmann::ordered_json;

template <typename Number>
Json number_json(const std::optional<Number>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json decision_json(const GateDecision& decision) {
  return {{"verdict", to_string(decision.verdict)},
          {"images", decision.images},
          {"baseline_seeds", decision.baseline_seeds},
          {"candidate_seeds", decision.candidate_seeds},
          {"change", decision.change},
          {"over_images", interval_json(decision.over_images)},
          {"over_seeds", interval_json(decision.over_seeds)},
          {"alarm_interval", interval_json(decision.alarm_interval)},
          {"pass_interval", interval_json(decision.pass_interval)},
          {"wilcoxon_p", decision.wilcoxon_p},
          {"detectable_loss", number_json(decision.detectable)},
          {"seeds_needed_a_side", number_json(decision.seeds_needed)},
          {"better_beyond_margin", decision.better_beyond_margin}};
}

Json provenance_json(const Provenance& provenance) {
  return {{"command", provenance.command}, {"code", provenance.code},
          {"data", provenance.data},       {"environment", provenance.environment},
          {"run", provenance.run},         {"measured_at", provenance.measured_at}};
}

Json side_json(const std::string& name, const MeasuredScores& measured,
               const Provenance& provenance) {
  return {{"name", name}, {"seeds", measured.seeds}, {"provenance", provenance_json(provenance)}};
}

}  // namespace

std::string gate_paragraph(const GateOutcome& outcome) {
  std::string text = outcome.decision.explanation;
  for (const auto& missing : outcome.candidate.missing) text += " No scores: " + missing + ".";
  if (outcome.second) {
    for (const auto& missing : outcome.second->missing) text += " No scores: " + missing + ".";
    text += " The first measurement did not pass, so the seeds of run " +
            outcome.second->run.run_id + " were added.";
  } else if (outcome.wants_second) {
    text +=
        " A second measurement with other seeds (--remeasure or a second --candidate) may "
        "change the verdict.";
  }
  return text;
}

std::string gate_json(const GateOutcome& outcome) {
  const auto& decision = outcome.decision;
  Json candidate = side_json(outcome.candidate.run.run_id, outcome.candidate.measured,
                             outcome.candidate.provenance);
  candidate["missing"] = outcome.candidate.missing;
  if (outcome.second) {
    for (const auto& missing : outcome.second->missing) candidate["missing"].push_back(missing);
  }
  Json facts = {{"format", "bench-gate-result"},
                {"version", 1},
                {"verdict", to_string(decision.verdict)},
                {"exit_code", exit_code(decision.verdict)},
                {"explanation", gate_paragraph(outcome)},
                {"contestant", outcome.candidate.contestant},
                {"task", outcome.candidate.task},
                {"protocol", outcome.baseline.measured.protocol},
                {"unit", outcome.baseline.measured.unit},
                {"seed_role", to_string(outcome.baseline.seed_role)},
                {"margin", outcome.options.margin},
                {"alarm_level", outcome.options.alarm_level},
                {"pass_level", outcome.options.pass_level}};
  facts["baseline"] =
      side_json(outcome.baseline_name, outcome.baseline.measured, outcome.baseline.provenance);
  facts["baseline"]["contestant"] = outcome.baseline.subject.contestant;
  facts["baseline"]["task"] = outcome.baseline.subject.task;
  facts["baseline"]["experiment"] = outcome.baseline.subject.experiment;
  facts["candidate"] = candidate;
  facts["against_baseline"] = decision_json(decision.against_baseline);
  facts["against_anchor"] =
      decision.against_anchor ? decision_json(*decision.against_anchor) : Json(nullptr);
  facts["notes"] = decision.notes;
  facts["second_measurement"] = {
      {"wanted", outcome.wants_second},
      {"run", outcome.second ? Json(outcome.second->run.run_id) : Json(nullptr)}};
  return facts.dump(2) + "\n";
}

}  // namespace bench::verdicts
