#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace bench::runner {

/// Facts as a terminal shows them, in the order given, each line ended. Members of one object stand
/// in a column; a nested object is indented by two; a list of plain values is one line, "none" if
/// empty; a list of objects with the same members is a table. Numbers have at most six digits.
std::string facts_text(const nlohmann::ordered_json& facts);

}  // namespace bench::runner
