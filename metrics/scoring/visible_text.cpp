#include "metrics/scoring/visible_text.h"

#include <algorithm>

namespace bench::scoring {

std::string visible_text(std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string visible;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= 0x20 && byte != 0x7f) {
      visible.push_back(letter);
    } else {
      visible.append("\\x").append({kDigits[byte >> 4], kDigits[byte & 15]});
    }
  }
  return visible;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char letter) {
    return (static_cast<unsigned char>(letter) & 0xC0) != 0x80;  // not a continuation byte
  }));
}

}  // namespace bench::scoring
