#include "verdicts/gate/json_place.h"

#include "core/json/bad_input.h"
#include "core/json/json_document.h"

namespace bench::verdicts {

using nlohmann::json;

void Place::fail(const std::string& problem) const {
  throw GateError(source + ", " + (pointer.empty() ? "/" : pointer) + ": " + problem);
}

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

Provenance provenance_of(const Place& place) {
  require_keys(place, {"command", "code", "data", "environment", "run", "measured_at"});
  return {.command = nonempty_text_of(member(place, "command")),
          .code = nonempty_text_of(member(place, "code")),
          .data = nonempty_text_of(member(place, "data")),
          .environment = nonempty_text_of(member(place, "environment")),
          .run = text_of(member(place, "run")),
          .measured_at = nonempty_text_of(member(place, "measured_at"))};
}

nlohmann::ordered_json provenance_json(const Provenance& provenance) {
  return {{"command", provenance.command}, {"code", provenance.code},
          {"data", provenance.data},       {"environment", provenance.environment},
          {"run", provenance.run},         {"measured_at", provenance.measured_at}};
}

std::int64_t require_format(const Place& root, const std::string& format, std::int64_t newest) {
  if (!root.value.is_object()) root.fail("expected an object");
  if (text_of(member(root, "format")) != format) {
    member(root, "format").fail("expected \"" + format + "\"");
  }
  const Place version = member(root, "version");
  const std::int64_t found = integer_of(version);
  if (found >= 1 && found <= newest) return found;
  version.fail("is version " + std::to_string(found) + "; this program knows version " +
               (newest == 1 ? "1" : "1 to " + std::to_string(newest)) +
               ". Use a newer build, or measure a new baseline");
}

json parse_without_repeats(std::string_view text, const std::string& source) {
  try {
    return core::parse_json_document(source, text).root;
  } catch (const core::BadInput& error) {
    throw GateError(error.what());
  }
}

}  // namespace bench::verdicts
