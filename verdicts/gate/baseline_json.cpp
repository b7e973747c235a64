#include <algorithm>
#include <array>

#include "verdicts/gate/baseline.h"
#include "verdicts/gate/baseline_reader.h"

namespace bench::verdicts {
namespace {

using core::JsonReader;

std::vector<std::vector<double>> scores_of(const JsonReader& list) {
  std::vector<std::vector<double>> scores;
  for (const auto& row : list.elements()) scores.push_back(numbers_of(row, kAnyNumber));
  return scores;
}

Anchor anchor_of(const JsonReader& object) {
  object.allow_only({"reason", "provenance", "seeds", "scores"});
  return {.seeds = seeds_of(object.at("seeds")),
          .scores = scores_of(object.at("scores")),
          .reason = object.at("reason").text(),
          .provenance = provenance_of(object.at("provenance"))};
}

statistics::Direction direction_of(const JsonReader& value) {
  return value.one_of({"higher", "lower"}) == "higher" ? statistics::Direction::kHigherIsBetter
                                                       : statistics::Direction::kLowerIsBetter;
}

SeedRole seed_role_of(const JsonReader& value) {
  constexpr std::array kRoles = {SeedRole::kIndependentTrainings, SeedRole::kMatchedTrainings,
                                 SeedRole::kEvaluationOnly};
  std::vector<std::string> names;
  for (const SeedRole role : kRoles) names.push_back(to_string(role));
  const auto found = std::ranges::find(names, value.one_of(names));
  return kRoles.at(static_cast<std::size_t>(found - names.begin()));
}

Subject subject_of(const JsonReader& root) {
  return {.contestant = root.at("contestant").text(),
          .task = root.at("task").text(),
          .experiment = root.at("experiment").text()};
}

Baseline baseline_of(const JsonReader& root) {
  constexpr std::int64_t kNewest = 2;
  const auto version = require_format(root, "bench-gate-baseline", kNewest);
  std::vector<std::string> keys = {"format",    "version",   "protocol",   "unit",
                                   "direction", "seed_role", "provenance", "anchor",
                                   "images",    "seeds",     "scores"};
  if (version == kNewest) keys.insert(keys.end(), {"contestant", "task", "experiment"});
  root.allow_only(keys);
  Baseline baseline{.subject = version == kNewest ? subject_of(root) : Subject{},
                    .measured = {.protocol = root.at("protocol").text(),
                                 .unit = root.at("unit").text_or_empty(),
                                 .direction = direction_of(root.at("direction")),
                                 .images = texts_of(root.at("images")),
                                 .seeds = seeds_of(root.at("seeds")),
                                 .scores = scores_of(root.at("scores"))},
                    .seed_role = seed_role_of(root.at("seed_role")),
                    .provenance = provenance_of(root.at("provenance"))};
  if (const auto anchor = root.find("anchor")) baseline.anchor = anchor_of(*anchor);
  return baseline;
}

void require_whole_file(const Baseline& baseline, const std::string& source) {
  require_whole(source, baseline.measured);
  if (!baseline.anchor) return;
  MeasuredScores anchored = baseline.measured;
  anchored.seeds = baseline.anchor->seeds;
  anchored.scores = baseline.anchor->scores;
  require_whole(source + ": anchor", anchored);
}

}  // namespace

Baseline parse_baseline(std::string_view text, const std::string& source) {
  const auto baseline = read_baseline_file(text, source, baseline_of);
  require_whole_file(baseline, source);
  return baseline;
}

}  // namespace bench::verdicts
