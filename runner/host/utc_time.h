#pragma once

#include <chrono>
#include <string>

namespace bench::runner {

/// Now, in UTC, as ISO 8601 with milliseconds: "2026-11-23T05:34:00.123Z".
std::string utc_now();

/// The time so long ago, in the same form.
std::string utc_before_now(std::chrono::milliseconds ago);

}  // namespace bench::runner
