#include "methods/method.h"

#include <algorithm>
#include <numeric>

namespace bench::methods {
namespace {

/// Insertions, deletions and replacements of single letters (Levenshtein).
std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const auto replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::string_view to_string(MethodKind kind) {
  switch (kind) {
    case MethodKind::kIdentity:
      return "identity";
    case MethodKind::kClassical:
      return "classical";
    case MethodKind::kNetwork:
      return "network";
    case MethodKind::kSupernet:
      return "supernet";
  }
  return "unknown";
}

bool stands_alone(const Method& method) {
  return method.kind != MethodKind::kNetwork || method.parameters.has_value();
}

const Method& method(std::string_view name) {
  const auto& all = catalogue();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Method& candidate) { return candidate.name == name; });
  if (found != all.end()) return *found;
  const auto nearest = std::min_element(all.begin(), all.end(), [&](const auto& a, const auto& b) {
    return edit_distance(a.name, name) < edit_distance(b.name, name);
  });
  throw UnknownMethod("method \"" + std::string(name) +
                      "\" is not in the catalogue; did you mean \"" + nearest->name +
                      "\"? `bench ls methods` lists all.");
}

}  // namespace bench::methods
