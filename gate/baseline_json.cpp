#include <nlohmann/json.hpp>
#include <set>

#include "gate/baseline.h"

namespace bench::gate {
namespace {

using nlohmann::json;

/// A value with the place where it stands, for messages.
struct Place {
  const json& value;
  std::string source;
  std::string pointer;

  [[noreturn]] void fail(const std::string& problem) const {
    throw GateError(source + ", " + (pointer.empty() ? "/" : pointer) + ": " + problem);
  }
};

Place member(const Place& object, const std::string& key) {
  const auto found = object.value.find(key);
  if (found == object.value.end()) object.fail("lacks \"" + key + "\"");
  return {*found, object.source, object.pointer + "/" + key};
}

void require_keys(const Place& place, const std::set<std::string>& known) {
  if (!place.value.is_object()) place.fail("expected an object");
  for (const auto& [key, value] : place.value.items()) {
    if (known.contains(key)) continue;
    std::string names;
    for (const auto& name : known) names += " " + name;
    place.fail("unknown key \"" + key + "\"; known are:" + names);
  }
}

std::string text_of(const Place& place) {
  if (!place.value.is_string()) place.fail("expected a text, found " + place.value.dump());
  return place.value.get<std::string>();
}

std::string nonempty_text_of(const Place& place) {
  const std::string text = text_of(place);
  if (text.empty()) place.fail("expected a text that is not empty");
  return text;
}

double number_of(const Place& place) {
  if (!place.value.is_number()) place.fail("expected a number, found " + place.value.dump());
  return place.value.get<double>();
}

std::int64_t integer_of(const Place& place) {
  if (!place.value.is_number_integer())
    place.fail("expected an integer, found " + place.value.dump());
  // Unsigned numbers above 2^63 would come back negative.
  if (place.value.is_number_unsigned() && place.value.get<std::uint64_t>() > INT64_MAX) {
    place.fail("expected an integer below 2^63, found " + place.value.dump());
  }
  return place.value.get<std::int64_t>();
}

template <typename Read>
auto list_of(const Place& place, Read read) {
  if (!place.value.is_array()) place.fail("expected a list");
  std::vector<decltype(read(place))> list;
  for (std::size_t i = 0; i < place.value.size(); ++i) {
    list.push_back(read({place.value[i], place.source, place.pointer + "/" + std::to_string(i)}));
  }
  return list;
}

std::vector<std::vector<double>> scores_of(const Place& place) {
  return list_of(place, [](const Place& row) { return list_of(row, number_of); });
}

Provenance provenance_of(const Place& place) {
  require_keys(place, {"command", "code", "data", "environment", "run", "measured_at"});
  return {.command = nonempty_text_of(member(place, "command")),
          .code = nonempty_text_of(member(place, "code")),
          .data = nonempty_text_of(member(place, "data")),
          .environment = nonempty_text_of(member(place, "environment")),
          .run = text_of(member(place, "run")),
          .measured_at = nonempty_text_of(member(place, "measured_at"))};
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

void require_format(const Place& root) {
  if (text_of(member(root, "format")) != "bench-gate-baseline") {
    member(root, "format").fail("expected \"bench-gate-baseline\"");
  }
  const Place version = member(root, "version");
  const std::int64_t found = integer_of(version);
  if (found == 1) return;
  version.fail("is version " + std::to_string(found) +
               "; this program knows version 1. Use a newer build, or measure a new baseline");
}

/// Parses, refusing keys given twice: the library would keep the last one without a word.
json parse_without_repeats(std::string_view text, const std::string& source) {
  std::vector<std::set<std::string>> keys_by_depth;
  const auto watch = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) keys_by_depth.emplace_back();
    if (event == json::parse_event_t::object_end) keys_by_depth.pop_back();
    if (event == json::parse_event_t::key &&
        !keys_by_depth.back().insert(parsed.get<std::string>()).second) {
      throw GateError(source + ": key \"" + parsed.get<std::string>() + "\" is given twice");
    }
    return true;
  };
  try {
    return json::parse(text, watch);
  } catch (const json::exception& error) {
    throw GateError(source + ": not JSON that can be read: " + error.what());
  }
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
  const json json = parse_without_repeats(text, source);
  const Place root{json, source, ""};
  require_keys(root, {"format", "version", "protocol", "unit", "direction", "seed_role",
                      "provenance", "anchor", "images", "seeds", "scores"});
  require_format(root);
  Baseline baseline{.measured = {.protocol = nonempty_text_of(member(root, "protocol")),
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

}  // namespace bench::gate
