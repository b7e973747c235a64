#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bench::metrics {

/// `did you mean "RIGHT"?` for the candidate that was meant, or an empty text if none is near.
std::string suggestion(std::string_view wrong, std::span<const std::string_view> candidates);

}  // namespace bench::metrics
