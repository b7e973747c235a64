#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench::text {

/// The code point that starts at `text[position]`, and moves `position` behind it. What is not
/// well-formed UTF-8 (RFC 3629: overlong, surrogate, cut off) gives U+FFFD and moves one byte.
/// Requires position < text.size().
char32_t next_code_point(std::string_view text, std::size_t& position);

/// Appends `code_point` as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

/// Number of code points, for column widths.
std::size_t code_point_count(std::string_view text);

}  // namespace bench::text
