#include "baselines/catalogue/method.h"

#include <algorithm>
#include <vector>

#include "core/text/nearest.h"

namespace bench::catalogue {

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
  std::vector<std::string_view> known;
  for (const auto& candidate : all) known.push_back(candidate.name);
  throw UnknownMethod(
      "method \"" + std::string(name) + "\" is not in the catalogue; did you mean \"" +
      std::string(text::nearest(name, known)) + "\"? `bench ls methods` lists all.");
}

}  // namespace bench::catalogue
