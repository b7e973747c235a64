#pragma once

#include <string>

namespace bench::runner {

/// Now, in UTC, as ISO 8601 with milliseconds: "2026-11-23T05:34:00.123Z".
std::string utc_now();

}  // namespace bench::runner
