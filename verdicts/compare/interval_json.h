#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "metrics/statistics/sample.h"

namespace bench::verdicts {

/// {"low", "high", "confidence"}, or null where there is no interval.
nlohmann::ordered_json interval_json(const std::optional<statistics::Interval>& interval);

}  // namespace bench::verdicts
