#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench::core {

inline constexpr int kDeepestJson = 64;

/// Byte offset of the first bracket that opens more than `levels` levels, if any. Works on any
/// bytes: it is asked before the text is known to be JSON.
std::optional<std::size_t> first_too_deep(std::string_view text, int levels);

/// Which value is being read at `offset`, as messages write paths: "tasks[0].degradation.sigma", ""
/// for the root; cut after 60 letters. Works on any bytes, like first_too_deep.
std::string path_at(std::string_view text, std::size_t offset);

/// The JSON pointer of a member or element: '~' and '/' in `key` are escaped (RFC 6901).
std::string pointer_below(const std::string& pointer, const std::string& key);

/// The steps of a JSON pointer, unescaped.
std::vector<std::string> pointer_steps(const std::string& pointer);

struct DuplicateKey {
  std::string key;
  std::size_t offset;
  std::size_t first_offset;
};

/// Where each value of a JSON text begins: the parser library does not say.
struct JsonPlaces {
  std::map<std::string, std::size_t> offsets;  ///< see JsonDocument::offsets
  std::optional<DuplicateKey> duplicate;       ///< the first one
};

/// \pre `text` is valid JSON of at most kDeepestJson levels.
JsonPlaces find_places(std::string_view text);

}  // namespace bench::core
