#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bench::scoring {

/// `text` with control characters as \x1b and the like: a file's name must not steer a terminal.
std::string visible_text(std::string_view text);

/// Columns that UTF-8 `text` takes in a terminal, a code point each.
std::size_t width_of(std::string_view text);

}  // namespace bench::scoring
