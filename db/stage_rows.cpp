#include "db/rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "db/query.h"

namespace bench::db {
namespace {

[[noreturn]] void fail_record(const std::string& where, const std::string& complaint) {
  throw DatabaseError(DatabaseTrouble::kBadRecord,
                      where + ": " + complaint + " Nothing was recorded.");
}

void require_own(const StageRecord& stage, const std::string& row_key, const std::string& row) {
  if (row_key.empty() || row_key == stage.key) return;
  fail_record("stage " + stage.key, "expected measurements of this stage, found " + row +
                                        " of stage \"" + row_key + "\".");
}

void require_number(const StageRecord& stage, double value, const std::string& row) {
  if (!std::isnan(value)) return;
  fail_record("stage " + stage.key,
              "expected a number, found NaN for " + row +
                  ". A stage whose results are no numbers has failed: record it as such.");
}

/// Runs `insert` on each row; what the database has against one is told with that row's name.
template <typename Row, typename Describe, typename Insert>
void insert_each(const StageRecord& stage, const std::vector<Row>& rows, Describe describe,
                 Insert insert) {
  for (const Row& row : rows) {
    if (!row.stage_key.empty()) require_own(stage, row.stage_key, describe(row));
    try {
      insert(row);
    } catch (const DatabaseError& error) {
      if (error.trouble() != DatabaseTrouble::kBadRecord) throw;
      throw DatabaseError(error.trouble(),
                          std::string(error.what()) + " It is about " + describe(row) + ".");
    }
  }
}

std::string describe_score(const ImageScore& score) {
  return "image \"" + score.image + "\" of \"" + score.data_set + "\" under \"" + score.protocol +
         "\"";
}

std::string describe_quantity(const Quantity& quantity) {
  return "quantity \"" + quantity.name + "\", repetition " + std::to_string(quantity.repetition);
}

std::int64_t insert_stage(Connection& connection, const StageRecord& stage) {
  Query(connection, "DELETE FROM stage WHERE key = ?1").run(stage.key);
  Query insert(connection,
               "INSERT INTO stage (key, name, kind, code_digest, state, started_utc, wall_seconds,"
               " cpu_seconds, peak_memory_bytes, threads, exit_code, reason, settings_json)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id");
  insert.bind(stage.key, stage.name, stage.kind, stage.code_digest, to_string(stage.state),
              stage.started_utc, stage.wall_seconds, stage.cpu_seconds, stage.peak_memory_bytes,
              stage.threads, stage.exit_code, stage.reason, stage.settings_json);
  insert.next();
  return insert.integer(0);
}

void insert_inputs(Connection& connection, std::int64_t id, const StageRecord& stage) {
  Query insert(connection, "INSERT INTO stage_input VALUES (?1, ?2, ?3, ?4)");
  for (std::size_t i = 0; i < stage.inputs.size(); ++i) {
    require_key("input \"" + stage.inputs[i].role + "\" of stage " + stage.key,
                stage.inputs[i].key);
    insert.run(id, static_cast<std::int64_t>(i), stage.inputs[i].role, stage.inputs[i].key);
  }
}

void insert_scores(Connection& connection, std::int64_t id, const StageRecord& stage,
                   const std::vector<ImageScore>& scores) {
  // Rows of one series mostly follow each other; where they do not, the series is found again.
  Query open(connection,
             "INSERT INTO score_series (stage, data_set, protocol) VALUES (?1, ?2, ?3)"
             " ON CONFLICT DO UPDATE SET data_set = data_set RETURNING id");
  Query insert(connection, "INSERT INTO image_score VALUES (?1, ?2, ?3)");
  const ImageScore* last = nullptr;
  std::int64_t series = 0;
  insert_each(stage, scores, describe_score, [&](const ImageScore& score) {
    if (std::isnan(score.value)) require_number(stage, score.value, describe_score(score));
    const bool same =
        last != nullptr && last->data_set == score.data_set && last->protocol == score.protocol;
    if (!same) {
      open.bind(id, score.data_set, score.protocol).next();
      series = open.integer(0);
      last = &score;
    }
    insert.run(series, score.image, score.value);
  });
}

void insert_points(Connection& connection, std::int64_t id, const StageRecord& stage,
                   const std::vector<Point>& points) {
  Query open(connection,
             "INSERT INTO point_series (stage, name) VALUES (?1, ?2)"
             " ON CONFLICT DO UPDATE SET name = name RETURNING id");
  // A stage that was resumed tells some steps twice: the later word counts.
  Query insert(
      connection,
      "INSERT INTO point VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value");
  const Point* last = nullptr;
  std::int64_t series = 0;
  const auto describe = [](const Point& point) {
    return "point " + std::to_string(point.step) + " of \"" + point.series + "\"";
  };
  insert_each(stage, points, describe, [&](const Point& point) {
    if (last == nullptr || last->series != point.series) {
      open.bind(id, point.series).next();
      series = open.integer(0);
      last = &point;
    }
    insert.run(series, point.step, point.value);
  });
}

void insert_quantities(Connection& connection, std::int64_t id, const StageRecord& stage,
                       const std::vector<Quantity>& quantities) {
  Query insert(connection, "INSERT INTO quantity VALUES (?1, ?2, ?3, ?4, ?5)");
  insert_each(stage, quantities, describe_quantity, [&](const Quantity& quantity) {
    require_number(stage, quantity.value, describe_quantity(quantity));
    insert.run(id, quantity.name, quantity.repetition, quantity.unit, quantity.value);
  });
}

void insert_files_and_facts(Connection& connection, std::int64_t id, const StageRecord& stage,
                            const StageMeasurements& measurements) {
  Query artifact(connection, "INSERT INTO artifact VALUES (?1, ?2, ?3, ?4, ?5)");
  insert_each(
      stage, measurements.artifacts,
      [](const Artifact& row) { return "artifact \"" + row.path + "\""; },
      [&](const Artifact& row) {
        artifact.run(id, row.path, row.role, row.size_bytes, row.sha256);
      });
  Query data_file(connection, "INSERT INTO data_file VALUES (?1, ?2, ?3, ?4, ?5)");
  insert_each(
      stage, measurements.data_files,
      [](const DataFile& row) { return "file \"" + row.name + "\" of \"" + row.data_set + "\""; },
      [&](const DataFile& row) {
        data_file.run(id, row.data_set, row.name, row.size_bytes, row.sha256);
      });
  Query fact(connection, "INSERT INTO text_fact VALUES (?1, ?2, ?3)");
  insert_each(
      stage, measurements.text_facts,
      [](const TextFact& row) { return "fact \"" + row.name + "\""; },
      [&](const TextFact& row) { fact.run(id, row.name, row.value); });
}

}  // namespace

void require_key(const std::string& what, const std::string& key) {
  const bool hexadecimal = std::all_of(key.begin(), key.end(), [](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
  });
  if (key.size() == 64 && hexadecimal) return;
  fail_record(what, "expected a key of 64 lower-case hexadecimal digits, found \"" + key + "\".");
}

void replace_stage(Connection& connection, const StageRecord& stage,
                   const StageMeasurements& measurements) {
  require_key("stage \"" + stage.name + "\"", stage.key);
  const auto id = insert_stage(connection, stage);
  insert_inputs(connection, id, stage);
  insert_scores(connection, id, stage, measurements.scores);
  insert_quantities(connection, id, stage, measurements.quantities);
  insert_points(connection, id, stage, measurements.points);
  insert_files_and_facts(connection, id, stage, measurements);
}

}  // namespace bench::db
