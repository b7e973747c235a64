#include "db/run_reader.h"

#include <unordered_set>
#include <utility>

#include "db/opening.h"
#include "db/query.h"
#include "db/rows.h"

namespace bench::db {

struct RunReader::Impl {
  Connection connection;

  /// Names what follows, for messages.
  Connection& doing(const char* action) {
    connection.doing(action);
    return connection;
  }
};

namespace {

using Keys = std::span<const std::string>;

/// The rows that `read` finds for each of `keys`, as of one moment.
template <typename Row, typename Read>
std::vector<Row> rows_of(Connection& connection, Keys keys, Read read) {
  const Transaction moment(connection, OpenMode::kRead);
  std::vector<Row> rows;
  for (const auto& key : keys) read(connection, key, rows);
  return rows;
}

}  // namespace

RunReader::RunReader(const std::filesystem::path& file, int busy_timeout_ms)
    : impl_(new Impl{open_for_reading(file, busy_timeout_ms)}) {}

RunReader::~RunReader() = default;
RunReader::RunReader(RunReader&&) noexcept = default;
RunReader& RunReader::operator=(RunReader&&) noexcept = default;

std::vector<RunSummary> RunReader::runs(const RunPage& page) const {
  auto& connection = impl_->doing("listing runs");
  const Transaction moment(connection, OpenMode::kRead);
  return read_run_summaries(connection, page);
}

std::int64_t RunReader::run_count(const std::string& experiment_name) const {
  Query query(impl_->doing("counting runs"),
              "SELECT count(*) FROM run WHERE ?1 = '' OR experiment_name = ?1");
  query.bind(experiment_name).next();
  return query.integer(0);
}

RunRecord RunReader::find_run(const std::string& name) const {
  auto& connection = impl_->doing("looking for a run");
  const Transaction moment(connection, OpenMode::kRead);
  return read_run(connection, find_run_id(connection, name));
}

std::vector<RunStage> RunReader::run_stages(const std::string& run_id) const {
  return read_run_stages(impl_->doing("reading the stages of a run"), run_id);
}

std::optional<StageRecord> RunReader::stage(const std::string& key) const {
  auto& connection = impl_->doing("reading a stage");
  const Transaction moment(connection, OpenMode::kRead);
  return read_stage(connection, key);
}

std::optional<StageRecord> RunReader::done_stage(const std::string& key) const {
  auto found = stage(key);
  if (found && found->state != StageState::kDone) found.reset();
  return found;
}

std::vector<std::string> RunReader::done_keys(Keys keys) const {
  auto& connection = impl_->doing("looking for stages that are done");
  return rows_of<std::string>(connection, keys, [](auto& c, const auto& key, auto& done) {
    Query query(c, "SELECT 1 FROM stage WHERE key = ?1 AND state = 'done'");
    if (query.bind(key).next()) done.push_back(key);
  });
}

std::vector<std::string> RunReader::all_keys() const {
  std::vector<std::string> keys;
  Query query(impl_->doing("listing stages"), "SELECT key FROM stage ORDER BY key");
  while (query.next()) keys.push_back(query.text(0));
  return keys;
}

std::vector<std::string> RunReader::keys_of_run(const std::string& run_id) const {
  std::vector<std::string> keys;
  std::unordered_set<std::string> seen;
  for (auto& stage : run_stages(run_id)) {
    if (!stage.key.empty() && seen.insert(stage.key).second) keys.push_back(std::move(stage.key));
  }
  return keys;
}

std::vector<ImageScore> RunReader::scores(Keys keys) const {
  return rows_of<ImageScore>(impl_->doing("reading scores"), keys, append_scores);
}

std::vector<Quantity> RunReader::quantities(Keys keys) const {
  return rows_of<Quantity>(impl_->doing("reading quantities"), keys, append_quantities);
}

std::vector<Point> RunReader::points(Keys keys) const {
  return rows_of<Point>(impl_->doing("reading curves"), keys, append_points);
}

std::vector<Point> RunReader::points(Keys keys, const std::string& series) const {
  return rows_of<Point>(impl_->doing("reading curves"), keys,
                        [&](auto& connection, const auto& key, auto& points) {
                          append_points_of_series(connection, key, series, points);
                        });
}

std::vector<Artifact> RunReader::artifacts(Keys keys) const {
  return rows_of<Artifact>(impl_->doing("reading artifacts"), keys, append_artifacts);
}

std::vector<DataFile> RunReader::data_files(Keys keys) const {
  return rows_of<DataFile>(impl_->doing("reading data files"), keys, append_data_files);
}

std::vector<TextFact> RunReader::text_facts(Keys keys) const {
  return rows_of<TextFact>(impl_->doing("reading facts"), keys, append_text_facts);
}

StageMeasurements RunReader::measurements(Keys keys) const {
  auto& connection = impl_->doing("reading measurements");
  const Transaction moment(connection, OpenMode::kRead);
  StageMeasurements all;
  for (const auto& key : keys) append_measurements(connection, key, all);
  return all;
}

StageMeasurements RunReader::measurements_of_run(const std::string& run_id) const {
  return measurements(keys_of_run(run_id));
}

}  // namespace bench::db
