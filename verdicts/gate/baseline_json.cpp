#include "verdicts/gate/baseline.h"
#include "verdicts/gate/json_place.h"

namespace bench::verdicts {
namespace {

std::vector<std::vector<double>> scores_of(const Place& place) {
  return list_of(place, [](const Place& row) { return list_of(row, number_of); });
}

Anchor anchor_of(const Place& place) {
  require_keys(place, {"reason", "provenance", "seeds", "scores"});
  return {.seeds = list_of(member(place, "seeds"), integer_of),
          .scores = scores_of(member(place, "scores")),
          .reason = nonempty_text_of(member(place, "reason")),
          .provenance = provenance_of(member(place, "provenance"))};
}

statistics::Direction direction_of(const Place& place) {
  const std::string name = text_of(place);
  if (name == "higher") return statistics::Direction::kHigherIsBetter;
  if (name == "lower") return statistics::Direction::kLowerIsBetter;
  place.fail("expected \"higher\" or \"lower\", found \"" + name + "\"");
}

SeedRole seed_role_of(const Place& place) {
  const std::string name = text_of(place);
  for (const SeedRole role :
       {SeedRole::kIndependentTrainings, SeedRole::kMatchedTrainings, SeedRole::kEvaluationOnly}) {
    if (name == to_string(role)) return role;
  }
  place.fail("expected independent-trainings, matched-trainings or evaluation-only, found \"" +
             name + "\"");
}

Subject subject_of(const Place& root) {
  return {.contestant = nonempty_text_of(member(root, "contestant")),
          .task = nonempty_text_of(member(root, "task")),
          .experiment = nonempty_text_of(member(root, "experiment"))};
}

void require_whole_file(const Baseline& baseline, const std::string& source) {
  require_whole(source, baseline.measured);
  if (!baseline.anchor) return;
  MeasuredScores anchored = baseline.measured;
  anchored.seeds = baseline.anchor->seeds;
  anchored.scores = baseline.anchor->scores;
  require_whole(source + ", /anchor", anchored);
}

}  // namespace

Baseline parse_baseline(std::string_view text, const std::string& source) {
  const nlohmann::json json = parse_without_repeats(text, source);
  const Place root{json, source, ""};
  constexpr std::int64_t kNewest = 2;
  const auto version = require_format(root, "bench-gate-baseline", kNewest);
  std::set<std::string> keys = {"format",    "version",   "protocol",   "unit",
                                "direction", "seed_role", "provenance", "anchor",
                                "images",    "seeds",     "scores"};
  if (version == kNewest) keys.insert({"contestant", "task", "experiment"});
  require_keys(root, keys);
  Baseline baseline{.subject = version == kNewest ? subject_of(root) : Subject{},
                    .measured = {.protocol = nonempty_text_of(member(root, "protocol")),
                                 .unit = text_of(member(root, "unit")),
                                 .direction = direction_of(member(root, "direction")),
                                 .images = list_of(member(root, "images"), nonempty_text_of),
                                 .seeds = list_of(member(root, "seeds"), integer_of),
                                 .scores = scores_of(member(root, "scores"))},
                    .seed_role = seed_role_of(member(root, "seed_role")),
                    .provenance = provenance_of(member(root, "provenance"))};
  if (json.contains("anchor")) baseline.anchor = anchor_of(member(root, "anchor"));
  require_whole_file(baseline, source);
  return baseline;
}

}  // namespace bench::verdicts
