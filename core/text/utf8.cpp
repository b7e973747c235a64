#include "core/text/utf8.h"

namespace bench::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Length of the sequence that a first byte announces, 0 if it announces none.
std::size_t announced_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool is_overlong_or_outside(char32_t code_point, std::size_t length) {
  if (length == 3 && code_point < 0x800) return true;
  if (length == 4 && (code_point < 0x10000 || code_point > 0x10FFFF)) return true;
  return code_point >= 0xD800 && code_point <= 0xDFFF;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& position) {
  const auto first = static_cast<unsigned char>(text[position]);
  const std::size_t length = announced_length(first);
  if (length == 1) {
    ++position;
    return first;
  }
  if (length == 0 || position + length > text.size()) {
    ++position;
    return kReplacement;
  }
  char32_t code_point = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[position + i]);
    if ((byte & 0xC0U) != 0x80U) {
      ++position;
      return kReplacement;
    }
    code_point = (code_point << 6U) | (byte & 0x3FU);
  }
  if (is_overlong_or_outside(code_point, length)) {
    ++position;
    return kReplacement;
  }
  position += length;
  return code_point;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto byte = [&text](char32_t value) { text.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0U | (code_point >> 6U));
    byte(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    byte(0xE0U | (code_point >> 12U));
    byte(0x80U | ((code_point >> 6U) & 0x3FU));
    byte(0x80U | (code_point & 0x3FU));
  } else {
    byte(0xF0U | (code_point >> 18U));
    byte(0x80U | ((code_point >> 12U) & 0x3FU));
    byte(0x80U | ((code_point >> 6U) & 0x3FU));
    byte(0x80U | (code_point & 0x3FU));
  }
}

std::size_t code_point_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t position = 0; position < text.size(); ++count) next_code_point(text, position);
  return count;
}

}  // namespace bench::text
