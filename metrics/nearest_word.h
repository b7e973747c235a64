#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bench::metrics {

/// `did you mean "RIGHT"?` for the candidate at the smallest edit distance (insert, delete,
/// replace, swap of neighbours), or an empty text if none is within a third of its length.
std::string suggestion(std::string_view wrong, std::span<const std::string_view> candidates);

}  // namespace bench::metrics
