#include "core/text/visible_text.h"

#include <algorithm>

#include "core/text/utf8.h"

namespace bench::text {
namespace {

constexpr char32_t kNotUtf8 = 0xFFFD;  // what next_code_point says of bytes that are no UTF-8

bool is_control(char32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

void append_visible(std::string& visible, std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (const char letter : bytes) {
    const auto byte = static_cast<unsigned char>(letter);
    visible.append("\\x").append({kDigits[byte >> 4U], kDigits[byte & 15U]});
  }
}

std::string made_visible(std::string_view text, bool keep_lines) {
  std::string visible;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    const char32_t code_point = next_code_point(text, position);
    const std::string_view bytes = text.substr(begin, position - begin);
    const bool is_broken = code_point == kNotUtf8 && bytes.size() == 1;
    if (keep_lines && bytes == "\n") {
      visible.append(bytes);
    } else if (is_broken || is_control(code_point)) {
      append_visible(visible, bytes);
    } else {
      visible.append(bytes);
    }
  }
  return visible;
}

}  // namespace

std::string visible_text(std::string_view text) {
  return made_visible(text, /*keep_lines=*/false);
}

std::string visible_lines(std::string_view text) {
  return made_visible(text, /*keep_lines=*/true);
}

bool is_utf8(std::string_view text) {
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    if (next_code_point(text, position) == kNotUtf8 && position - begin == 1) return false;
  }
  return true;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char letter) {
    return (static_cast<unsigned char>(letter) & 0xC0) != 0x80;  // not a continuation byte
  }));
}

}  // namespace bench::text
