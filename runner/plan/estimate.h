#pragma once

#include <string>

namespace bench::runner {

/// A guess of the seconds that a stage takes on one thread of a server core of 2024, from its
/// settings alone. For the order of stages, `bench plan` and the first ETA; the running ETA is
/// corrected by what the finished stages really took.
double estimated_seconds(const std::string& kind, const std::string& settings_json);

}  // namespace bench::runner
