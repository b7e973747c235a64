#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bench::datasets {

/// The one of `known` with the smallest edit distance (Levenshtein) to `name`; the first of equals,
/// empty if `known` is empty.
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> known);

/// "expected one of a, b, c; found \"d\". Did you mean \"a\"?"
std::string unknown_name_text(std::string_view name, std::span<const std::string_view> known);

}  // namespace bench::datasets
