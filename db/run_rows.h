#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/connection.h"
#include "db/records.h"
#include "db/run_reader.h"

// Internal to db/.

namespace bench::db {

std::vector<RunSummary> read_run_summaries(Connection& connection, const RunPage& page);

/// Resolves a full id, the beginning of one, or "latest". \throws UnknownRun
std::string find_run_id(Connection& connection, const std::string& name);

/// REQUIRES: the run is on record.
RunRecord read_run(Connection& connection, const std::string& run_id);

std::vector<RunStage> read_run_stages(Connection& connection, const std::string& run_id);

std::optional<StageRecord> read_stage(Connection& connection, const std::string& key);

}  // namespace bench::db
