#pragma once

#include <string>
#include <string_view>

namespace bench::metrics {

/// The text between double quotes, for messages.
inline std::string quoted(std::string_view text) {
  // Appended: g++ 12 warns wrongly about `"\"" + std::string(...)`.
  std::string result(1, '"');
  return result.append(text).append(1, '"');
}

}  // namespace bench::metrics
