#pragma once

#include <string>
#include <vector>

namespace bench::runner {

/// The `id` of each item.
std::vector<std::string> ids_of(const auto& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item.id);
  return ids;
}

}  // namespace bench::runner
