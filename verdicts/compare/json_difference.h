#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace bench::verdicts {

/// A place where two JSON values differ.
struct JsonDifference {
  std::string path;    ///< e.g. "tasks[derain].degradation.sigma"
  std::string first;   ///< compact JSON, or "" where only the second has it
  std::string second;  ///< the other way round

  friend bool operator==(const JsonDifference&, const JsonDifference&) = default;
};

/// All of them, in the order of their paths. The elements of a list of objects that each have an
/// "id" are matched by it, so that an insertion is one difference and not many; others by index.
/// Numbers are compared by value: 1 and 1.0 are equal.
std::vector<JsonDifference> json_differences(const nlohmann::json& first,
                                             const nlohmann::json& second);

}  // namespace bench::verdicts
