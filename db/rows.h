#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/connection.h"
#include "db/records.h"
#include "db/run_reader.h"

// Internal to db/: what its readers and writers do row by row.

namespace bench::db {

// Each appends what stage `key` measured, in the order that run_reader.h promises.
void append_scores(Connection& connection, const std::string& key, std::vector<ImageScore>& rows);
void append_quantities(Connection& connection, const std::string& key, std::vector<Quantity>& rows);
void append_points(Connection& connection, const std::string& key, std::vector<Point>& rows);
void append_points_of_series(Connection& connection, const std::string& key,
                             const std::string& series, std::vector<Point>& rows);
void append_artifacts(Connection& connection, const std::string& key, std::vector<Artifact>& rows);
void append_data_files(Connection& connection, const std::string& key, std::vector<DataFile>& rows);
void append_text_facts(Connection& connection, const std::string& key, std::vector<TextFact>& rows);
void append_measurements(Connection& connection, const std::string& key, StageMeasurements& rows);

std::vector<RunSummary> read_run_summaries(Connection& connection, const RunPage& page);

/// Resolves a full id, the beginning of one, or "latest". \throws UnknownRun
std::string find_run_id(Connection& connection, const std::string& name);

/// REQUIRES: the run is on record.
RunRecord read_run(Connection& connection, const std::string& run_id);

std::vector<RunStage> read_run_stages(Connection& connection, const std::string& run_id);

std::optional<StageRecord> read_stage(Connection& connection, const std::string& key);

/// \throws DatabaseError (kBadRecord) unless `key` is 64 lower-case hexadecimal digits.
void require_key(const std::string& what, const std::string& key);

/// Removes whatever is on record under the stage's key, and inserts the stage and all its rows.
/// To be called within a transaction.
/// \throws DatabaseError (kBadRecord) naming the first row that breaks a rule of records.h.
void replace_stage(Connection& connection, const StageRecord& stage,
                   const StageMeasurements& measurements);

}  // namespace bench::db
