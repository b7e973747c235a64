#pragma once

#include <string>
#include <vector>

#include "db/connection.h"
#include "db/records.h"

// Internal to db/. Each appends what stage `key` measured, in the order that run_reader.h promises.

namespace bench::db {

void append_scores(Connection& connection, const std::string& key, std::vector<ImageScore>& rows);
void append_quantities(Connection& connection, const std::string& key, std::vector<Quantity>& rows);
void append_points(Connection& connection, const std::string& key, std::vector<Point>& rows);
void append_points_of_series(Connection& connection, const std::string& key,
                             const std::string& series, std::vector<Point>& rows);
void append_artifacts(Connection& connection, const std::string& key, std::vector<Artifact>& rows);
void append_data_files(Connection& connection, const std::string& key, std::vector<DataFile>& rows);
void append_text_facts(Connection& connection, const std::string& key, std::vector<TextFact>& rows);
void append_measurements(Connection& connection, const std::string& key, StageMeasurements& rows);

}  // namespace bench::db
