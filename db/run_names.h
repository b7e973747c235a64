#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/run_reader.h"

// Internal to db/: which run a person means. Pure.

namespace bench::db {

/// \param newest_first  ids of the runs on record. \param steps  so many before the latest
/// \throws UnknownRun if there are not so many.
std::string choose_latest(const std::vector<std::string>& newest_first, std::int64_t steps = 0);

/// The one run meant by `name`: the id itself, or the only one that begins so.
/// \param fitting  ids that begin with `name`, at least one.
/// \throws UnknownRun listing them if there are several.
std::string choose_run(const std::string& name, const std::vector<std::string>& fitting);

/// The complaint about a name that fits no run, with the nearest ids.
/// \param of_experiment  newest run of an experiment called `name`, if there is one.
UnknownRun unknown_run(const std::string& name, const std::vector<std::string>& newest_first,
                       const std::optional<std::string>& of_experiment);

}  // namespace bench::db
