#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench::core {

/// A JSON text with the place of every value in it. Stricter than JSON needs: no duplicate keys,
/// no byte order mark, at most 64 levels.
struct JsonDocument {
  std::string file;  ///< for messages
  nlohmann::json root;
  /// JSON pointer ("/tasks/0/id", "" is the root) -> byte offset of the value; keys have
  /// "#" + pointer.
  std::map<std::string, std::size_t> offsets;
  std::vector<std::size_t> line_starts;  ///< byte offsets
  /// JSON pointer of a value that set_value put there -> the path that it was told.
  std::map<std::string, std::string> set_by;

  /// "file:line:column" (both from 1; columns in bytes) of a value, or of the nearest value around
  /// it that stands in the text; "--set PATH" of a value that comes from there.
  std::string place_of(std::string pointer) const;

  /// The same of an object's key.
  std::string place_of_key(const std::string& pointer) const;
};

/// \throws BadInput naming file:line:column, the JSON path, what was expected and what was found.
JsonDocument parse_json_document(std::string file, std::string_view text);

/// Sets `path` ("profiles.quick.train.steps", list elements by index) to `value`: JSON if it is
/// any, else a string. Objects on the way must exist. \throws BadInput
void set_value(JsonDocument& document, const std::string& path, const std::string& value);

}  // namespace bench::core
