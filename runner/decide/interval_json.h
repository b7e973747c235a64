#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "statistics/sample.h"

namespace bench::runner {

/// {"low", "high", "confidence"}, or null where there is no interval.
nlohmann::ordered_json interval_json(const std::optional<statistics::Interval>& interval);

}  // namespace bench::runner
