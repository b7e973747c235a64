#include "verdicts/gate/cost_baseline.h"

#include <cmath>

#include "verdicts/gate/json_place.h"

namespace bench::verdicts {
namespace {

using Json = nlohmann::ordered_json;

Json figures_json(const CostFigures& figures) {
  Json json = {{"counts", Json::object()}, {"rounds", Json::object()}};
  for (const auto& [name, count] : figures.counts) json["counts"][name] = count;
  for (const auto& [name, values] : figures.rounds) json["rounds"][name] = values;
  return json;
}

double positive_of(const Place& place) {
  const double value = number_of(place);
  if (!(value > 0.0) || !std::isfinite(value)) {
    place.fail("expected a positive number, found " + place.value.dump());
  }
  return value;
}

CostFigures figures_of(const Place& place) {
  require_keys(place, {"counts", "rounds"});
  CostFigures figures;
  const Place counts = member(place, "counts"), rounds = member(place, "rounds");
  for (const auto& [name, value] : counts.value.items()) {
    figures.counts[name] = positive_of(member(counts, name));
  }
  for (const auto& [name, value] : rounds.value.items()) {
    figures.rounds[name] = list_of(member(rounds, name), positive_of);
    const std::size_t expected = figures.rounds.begin()->second.size();
    if (figures.rounds[name].size() != expected) {
      member(rounds, name)
          .fail("expected " + std::to_string(expected) + " rounds, found " +
                std::to_string(figures.rounds[name].size()));
    }
  }
  return figures;
}

CostAnchor cost_anchor_of(const Place& place) {
  require_keys(place, {"reason", "provenance", "figures"});
  return {.figures = figures_of(member(place, "figures")),
          .reason = nonempty_text_of(member(place, "reason")),
          .provenance = provenance_of(member(place, "provenance"))};
}

}  // namespace

CostFigures with_more_rounds(const CostFigures& first, const CostFigures& second) {
  CostFigures both = first;
  if (first.rounds.size() != second.rounds.size() || first.counts != second.counts) {
    throw GateError("gate: the second measurement has other figures than the first");
  }
  for (auto& [name, values] : both.rounds) {
    const auto more = second.rounds.find(name);
    if (more == second.rounds.end()) {
      throw GateError("gate: the second measurement lacks " + name);
    }
    values.insert(values.end(), more->second.begin(), more->second.end());
  }
  return both;
}

std::string to_json_text(const CostBaseline& baseline) {
  Json json = {{"format", "bench-gate-cost-baseline"},
               {"version", 1},
               {"subject", baseline.subject},
               {"conditions", baseline.conditions},
               {"provenance", provenance_json(baseline.provenance)}};
  if (baseline.anchor) {
    json["anchor"] = {{"reason", baseline.anchor->reason},
                      {"provenance", provenance_json(baseline.anchor->provenance)},
                      {"figures", figures_json(baseline.anchor->figures)}};
  }
  json["figures"] = figures_json(baseline.figures);
  return json.dump(1) + "\n";
}

CostBaseline parse_cost_baseline(std::string_view text, const std::string& source) {
  const nlohmann::json json = parse_without_repeats(text, source);
  const Place root{json, source, ""};
  require_keys(root,
               {"format", "version", "subject", "conditions", "provenance", "anchor", "figures"});
  require_format(root, "bench-gate-cost-baseline", 1);
  CostBaseline baseline{.subject = nonempty_text_of(member(root, "subject")),
                        .conditions = nonempty_text_of(member(root, "conditions")),
                        .figures = figures_of(member(root, "figures")),
                        .provenance = provenance_of(member(root, "provenance"))};
  if (json.contains("anchor")) baseline.anchor = cost_anchor_of(member(root, "anchor"));
  return baseline;
}

}  // namespace bench::verdicts
