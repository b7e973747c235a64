#include "verdicts/gate/cost_baseline.h"

#include <limits>

#include "verdicts/gate/baseline_reader.h"

namespace bench::verdicts {
namespace {

using core::JsonReader;
using Json = nlohmann::ordered_json;

Json figures_json(const CostFigures& figures) {
  Json json = {{"counts", Json::object()}, {"rounds", Json::object()}};
  for (const auto& [name, count] : figures.counts) json["counts"][name] = count;
  for (const auto& [name, values] : figures.rounds) json["rounds"][name] = values;
  return json;
}

constexpr core::Range kPositive{std::numeric_limits<double>::denorm_min(), kAnyNumber.most};

CostFigures figures_of(const JsonReader& object) {
  object.allow_only({"counts", "rounds"});
  CostFigures figures;
  for (const auto& [name, value] : object.at("counts").members()) {
    figures.counts[name] = value.number(kPositive);
  }
  for (const auto& [name, list] : object.at("rounds").members()) {
    figures.rounds[name] = numbers_of(list, kPositive);
    const auto expected = figures.rounds.begin()->second.size();
    if (figures.rounds[name].size() != expected) {
      list.fail("as many rounds as the others have, " + std::to_string(expected));
    }
  }
  return figures;
}

CostAnchor cost_anchor_of(const JsonReader& object) {
  object.allow_only({"reason", "provenance", "figures"});
  return {.figures = figures_of(object.at("figures")),
          .reason = object.at("reason").text(),
          .provenance = provenance_of(object.at("provenance"))};
}

CostBaseline cost_baseline_of(const JsonReader& root) {
  require_format(root, "bench-gate-cost-baseline", 1);
  root.allow_only(
      {"format", "version", "subject", "conditions", "provenance", "anchor", "figures"});
  CostBaseline baseline{.subject = root.at("subject").text(),
                        .conditions = root.at("conditions").text(),
                        .figures = figures_of(root.at("figures")),
                        .provenance = provenance_of(root.at("provenance"))};
  if (const auto anchor = root.find("anchor")) baseline.anchor = cost_anchor_of(*anchor);
  return baseline;
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
  return read_baseline_file(text, source, cost_baseline_of);
}

}  // namespace bench::verdicts
