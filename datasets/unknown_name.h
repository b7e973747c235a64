#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bench::datasets {

/// "expected one of a, b, c; found \"d\". Did you mean \"a\"?"
std::string unknown_name_text(std::string_view name, std::span<const std::string_view> known);

}  // namespace bench::datasets
