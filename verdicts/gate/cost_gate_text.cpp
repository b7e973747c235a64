#include <nlohmann/json.hpp>

#include "verdicts/gate/cost_gate.h"

namespace bench::verdicts {
namespace {

using Json = nlohmann::ordered_json;

Json interval_json(const std::optional<statistics::Interval>& interval) {
  if (!interval) return nullptr;
  return {{"low", interval->low}, {"high", interval->high}, {"confidence", interval->confidence}};
}

Json decisions_json(const std::vector<std::pair<std::string, CostDecision>>& decisions) {
  Json list = Json::array();
  for (const auto& [figure, decision] : decisions) {
    list.push_back({{"figure", figure},
                    {"verdict", to_string(decision.verdict)},
                    {"rounds", decision.rounds},
                    {"ratio", decision.ratio},
                    {"alarm_interval", interval_json(decision.alarm_interval)},
                    {"pass_interval", interval_json(decision.pass_interval)},
                    {"explanation", decision.explanation}});
  }
  return list;
}

Json cost_figures_json(const CostFigures& figures) {
  return {{"counts", figures.counts}, {"rounds", figures.rounds}};
}

}  // namespace

std::string cost_gate_paragraph(const CostGateOutcome& outcome) {
  const auto& candidate = outcome.measured.candidate;
  std::string text = to_string(outcome.verdict.verdict) + ": " + candidate.subject + " (" +
                     candidate.conditions + ") against " + outcome.baseline_name + ". " +
                     outcome.verdict.explanation;
  if (outcome.was_measured_again) {
    text += " The first measurement did not pass, so a second one was added.";
  }
  return text;
}

std::string cost_gate_json(const CostGateOutcome& outcome) {
  const auto& candidate = outcome.measured.candidate;
  const auto& provenance = candidate.provenance;
  Json facts = {{"format", "bench-gate-cost-result"},
                {"version", 1},
                {"verdict", to_string(outcome.verdict.verdict)},
                {"exit_code", exit_code(outcome.verdict.verdict)},
                {"explanation", cost_gate_paragraph(outcome)},
                {"subject", candidate.subject},
                {"conditions", candidate.conditions},
                {"baseline", outcome.baseline_name},
                {"margin", outcome.options.margin},
                {"alarm_level", outcome.options.alarm_level},
                {"pass_level", outcome.options.pass_level},
                {"measured_again", outcome.was_measured_again},
                {"figures", decisions_json(outcome.verdict.figures)},
                {"against_anchor", decisions_json(outcome.verdict.against_anchor)},
                {"notes", outcome.verdict.notes},
                {"environment", provenance.environment},
                {"code", provenance.code},
                {"command", provenance.command},
                {"measured", cost_figures_json(candidate.figures)}};
  facts["measured_baseline"] =
      outcome.measured.baseline ? cost_figures_json(*outcome.measured.baseline) : Json(nullptr);
  return facts.dump(2) + "\n";
}

}  // namespace bench::verdicts
