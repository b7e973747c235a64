#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bench::text {

/// `text` with what steers a terminal made visible: control characters, those of U+0080 to U+009F
/// too, and bytes that are no UTF-8 become \x1b and the like. For names, logs and values that
/// come from outside.
std::string visible_text(std::string_view text);

/// The same of a message of several lines: its line ends stay.
std::string visible_lines(std::string_view text);

/// Whether every byte belongs to well-formed UTF-8.
bool is_utf8(std::string_view text);

/// Columns that UTF-8 `text` takes in a terminal, a code point each.
std::size_t width_of(std::string_view text);

}  // namespace bench::text
