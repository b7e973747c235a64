#include "db/rows.h"

#include "db/query.h"

namespace bench::db {

void append_scores(Connection& connection, const std::string& key, std::vector<ImageScore>& rows) {
  Query query(connection,
              "SELECT data_set, image, protocol, value FROM image_score"
              " JOIN score_series ON score_series.id = image_score.series"
              " WHERE score_series.stage = (SELECT id FROM stage WHERE key = ?1)"
              " ORDER BY data_set, protocol, image");
  query.bind(key);
  while (query.next()) {
    rows.push_back({key, query.text(0), query.text(1), query.text(2), query.real(3)});
  }
}

void append_quantities(Connection& connection, const std::string& key,
                       std::vector<Quantity>& rows) {
  Query query(connection,
              "SELECT name, unit, value, repetition FROM quantity"
              " WHERE stage = (SELECT id FROM stage WHERE key = ?1) ORDER BY name, repetition");
  query.bind(key);
  while (query.next()) {
    rows.push_back(
        {key, query.text(0), query.text(1), query.real(2), static_cast<int>(query.integer(3))});
  }
}

void append_points(Connection& connection, const std::string& key, std::vector<Point>& rows) {
  Query query(connection,
              "SELECT name, step, value FROM point"
              " JOIN point_series ON point_series.id = point.series"
              " WHERE point_series.stage = (SELECT id FROM stage WHERE key = ?1)"
              " ORDER BY name, step");
  query.bind(key);
  while (query.next()) rows.push_back({key, query.text(0), query.integer(1), query.real(2)});
}

void append_points_of_series(Connection& connection, const std::string& key,
                             const std::string& series, std::vector<Point>& rows) {
  Query query(connection,
              "SELECT step, value FROM point WHERE series ="
              " (SELECT point_series.id FROM point_series JOIN stage ON stage.id = stage"
              "  WHERE stage.key = ?1 AND point_series.name = ?2)"
              " ORDER BY step");
  query.bind(key, series);
  while (query.next()) rows.push_back({key, series, query.integer(0), query.real(1)});
}

void append_artifacts(Connection& connection, const std::string& key, std::vector<Artifact>& rows) {
  Query query(connection,
              "SELECT role, path, size_bytes, sha256 FROM artifact"
              " WHERE stage = (SELECT id FROM stage WHERE key = ?1) ORDER BY path");
  query.bind(key);
  while (query.next()) {
    rows.push_back({key, query.text(0), query.text(1), query.integer(2), query.text(3)});
  }
}

void append_data_files(Connection& connection, const std::string& key,
                       std::vector<DataFile>& rows) {
  Query query(connection,
              "SELECT data_set, name, size_bytes, sha256 FROM data_file"
              " WHERE stage = (SELECT id FROM stage WHERE key = ?1) ORDER BY data_set, name");
  query.bind(key);
  while (query.next()) {
    rows.push_back({key, query.text(0), query.text(1), query.integer(2), query.text(3)});
  }
}

void append_text_facts(Connection& connection, const std::string& key,
                       std::vector<TextFact>& rows) {
  Query query(connection,
              "SELECT name, value FROM text_fact"
              " WHERE stage = (SELECT id FROM stage WHERE key = ?1) ORDER BY name");
  query.bind(key);
  while (query.next()) rows.push_back({key, query.text(0), query.text(1)});
}

void append_measurements(Connection& connection, const std::string& key, StageMeasurements& rows) {
  append_scores(connection, key, rows.scores);
  append_quantities(connection, key, rows.quantities);
  append_points(connection, key, rows.points);
  append_artifacts(connection, key, rows.artifacts);
  append_data_files(connection, key, rows.data_files);
  append_text_facts(connection, key, rows.text_facts);
}

}  // namespace bench::db
