#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "verdicts/gate/baseline.h"

/// Reading of baseline files; whatever is wrong is a GateError that names the file and the place
/// in it (JSON pointer). For the .cpp files of gate/ only.
namespace bench::verdicts {

/// A value with the place where it stands, for messages.
struct Place {
  const nlohmann::json& value;
  std::string source;
  std::string pointer;

  [[noreturn]] void fail(const std::string& problem) const;
};

/// The file as JSON, by the reader of all files of people (core/json), which is stricter than JSON
/// needs.
nlohmann::json parse_without_repeats(std::string_view text, const std::string& source);

/// Requires "format" to be `format` and "version" to be from 1 to `newest`. \returns the version
std::int64_t require_format(const Place& root, const std::string& format, std::int64_t newest);
void require_keys(const Place& place, const std::set<std::string>& known);

Place member(const Place& object, const std::string& key);
std::string text_of(const Place& place);
std::string nonempty_text_of(const Place& place);
double number_of(const Place& place);
std::int64_t integer_of(const Place& place);
Provenance provenance_of(const Place& place);
nlohmann::ordered_json provenance_json(const Provenance& provenance);

template <typename Read>
auto list_of(const Place& place, Read read) {
  if (!place.value.is_array()) place.fail("expected a list");
  std::vector<decltype(read(place))> list;
  for (std::size_t i = 0; i < place.value.size(); ++i) {
    list.push_back(read({place.value[i], place.source, place.pointer + "/" + std::to_string(i)}));
  }
  return list;
}

}  // namespace bench::verdicts
