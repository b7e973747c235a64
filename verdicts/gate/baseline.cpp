#include "verdicts/gate/baseline.h"

#include "verdicts/gate/baseline_reader.h"

namespace bench::verdicts {
namespace {

using Json = nlohmann::ordered_json;

/// `"key": [` and one element a line: a change of one score is a change of one line in a diff.
template <typename Element>
std::string lines(const std::string& key, const std::vector<Element>& elements,
                  const std::string& indent) {
  std::string text = indent + "\"" + key + "\": [";
  for (std::size_t i = 0; i < elements.size(); ++i) {
    text += (i == 0 ? "\n" : ",\n") + indent + "  " + Json(elements[i]).dump();
  }
  return text + (elements.empty() ? "]" : "\n" + indent + "]");
}

std::string field(const std::string& key, const Json& value, const std::string& indent) {
  return indent + "\"" + key + "\": " + value.dump();
}

std::string anchor_text(const Anchor& anchor) {
  return "  \"anchor\": {\n" + field("reason", anchor.reason, "    ") + ",\n" +
         field("provenance", provenance_json(anchor.provenance), "    ") + ",\n" +
         field("seeds", anchor.seeds, "    ") + ",\n" + lines("scores", anchor.scores, "    ") +
         "\n  }";
}

}  // namespace

std::string to_string(SeedRole role) {
  switch (role) {
    case SeedRole::kIndependentTrainings:
      return "independent-trainings";
    case SeedRole::kMatchedTrainings:
      return "matched-trainings";
    case SeedRole::kEvaluationOnly:
      break;
  }
  return "evaluation-only";
}

std::string to_json_text(const Baseline& baseline) {
  const MeasuredScores& measured = baseline.measured;
  const bool higher = measured.direction == statistics::Direction::kHigherIsBetter;
  std::string text =
      "{\n" + field("format", "bench-gate-baseline", "  ") + ",\n" + field("version", 2, "  ") +
      ",\n" + field("contestant", baseline.subject.contestant, "  ") + ",\n" +
      field("task", baseline.subject.task, "  ") + ",\n" +
      field("experiment", baseline.subject.experiment, "  ") + ",\n" +
      field("protocol", measured.protocol, "  ") + ",\n" + field("unit", measured.unit, "  ") +
      ",\n" + field("direction", higher ? "higher" : "lower", "  ") + ",\n" +
      field("seed_role", to_string(baseline.seed_role), "  ") + ",\n" +
      field("provenance", provenance_json(baseline.provenance), "  ") + ",\n";
  if (baseline.anchor) text += anchor_text(*baseline.anchor) + ",\n";
  return text + lines("images", measured.images, "  ") + ",\n" +
         field("seeds", measured.seeds, "  ") + ",\n" + lines("scores", measured.scores, "  ") +
         "\n}\n";
}

}  // namespace bench::verdicts
