#include "db/run_store.h"

#include <utility>

#include "db/opening.h"
#include "db/query.h"
#include "db/rows.h"

namespace bench::db {
namespace {

std::string shortened(const std::string& key) {
  return key.substr(0, 12);
}

/// A write transaction with a name for messages, that lasts as `durability` says.
class Write {
 public:
  Write(Connection& connection, Durability durability, std::string action)
      : transaction_(prepare(connection, durability, std::move(action)), OpenMode::kWrite) {}

  void commit() { transaction_.commit(); }

 private:
  static Connection& prepare(Connection& connection, Durability durability, std::string action) {
    connection.doing(std::move(action));
    connection.set_durability(durability);
    return connection;
  }

  Transaction transaction_;
};

std::optional<std::int64_t> row_of_run(Connection& connection, const std::string& run_id) {
  Query query(connection, "SELECT id FROM run WHERE run_id = ?1");
  if (!query.bind(run_id).next()) return std::nullopt;
  return query.integer(0);
}

std::int64_t require_run(Connection& connection, const std::string& run_id) {
  const auto row = row_of_run(connection, run_id);
  if (row) return *row;
  throw DatabaseError(DatabaseTrouble::kBadRecord,
                      connection.file().string() + ": expected a run that was begun, found \"" +
                          run_id + "\", which is not on record. Call begin_run first.");
}

// Not a time: a clock may go back.
std::int64_t next_number(Connection& connection) {
  Query query(connection, "SELECT coalesce(max(asked), 0) + 1 FROM run");
  query.next();
  return query.integer(0);
}

std::int64_t insert_run(Connection& connection, const RunRecord& run) {
  Query(connection, "DELETE FROM run WHERE run_id = ?1").run(run.run_id);
  Query insert(connection,
               "INSERT INTO run (run_id, experiment_name, experiment_path, experiment_sha256,"
               " profile, command_line, started_utc, finished_utc, state, experiment_text, asked)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id");
  insert.bind(run.run_id, run.experiment_name, run.experiment_path, run.experiment_sha256,
              run.profile, run.command_line, run.started_utc, run.finished_utc,
              to_string(run.state), run.experiment_text,
              run.asked > 0 ? run.asked : next_number(connection));
  insert.next();
  return insert.integer(0);
}

void insert_run_lists(Connection& connection, std::int64_t row, const RunRecord& run) {
  std::int64_t position = 0;
  Query seed_row(connection, "INSERT INTO run_seed VALUES (?1, ?2, ?3)");
  for (const auto seed : run.seeds) seed_row.run(row, position++, seed);
  position = 0;
  Query setting_row(connection, "INSERT INTO run_override VALUES (?1, ?2, ?3)");
  for (const auto& setting : run.overrides) setting_row.run(row, position++, setting);
  position = 0;
  Query fact_row(connection, "INSERT INTO run_provenance VALUES (?1, ?2, ?3, ?4)");
  for (const auto& [name, value] : run.provenance) fact_row.run(row, position++, name, value);
}

void put_run_stage(Connection& connection, std::int64_t row, const RunStage& stage) {
  std::optional<std::string> key;
  if (!stage.key.empty()) {
    require_key("stage \"" + stage.name + "\" of run " + stage.run_id, stage.key);
    key = stage.key;
  }
  Query(connection,
        "INSERT OR REPLACE INTO run_stage"
        " (run, position, name, kind, stage_key, outcome, reason, contestant, task, seed)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
      .run(row, stage.position, stage.name, stage.kind, key, to_string(stage.outcome), stage.reason,
           stage.contestant, stage.task, stage.seed);
}

}  // namespace

struct RunStore::Impl {
  Connection connection;
};

RunStore::RunStore(const std::filesystem::path& file, const RunStoreOptions& options)
    : impl_(new Impl{open_for_writing(file, options)}) {}

RunStore::~RunStore() = default;
RunStore::RunStore(RunStore&&) noexcept = default;
RunStore& RunStore::operator=(RunStore&&) noexcept = default;

void RunStore::begin_run(const RunRecord& run, std::span<const RunStage> stages) {
  auto& connection = impl_->connection;
  Write write(connection, Durability::kFull, "recording the start of run " + run.run_id);
  const auto row = insert_run(connection, run);
  insert_run_lists(connection, row, run);
  for (const auto& stage : stages) put_run_stage(connection, row, stage);
  write.commit();
}

void RunStore::set_stage_state(const RunStage& stage) {
  set_stage_states({&stage, 1});
}

void RunStore::set_stage_states(std::span<const RunStage> stages) {
  auto& connection = impl_->connection;
  Write write(connection, Durability::kFull, "recording the state of stages");
  for (const auto& stage : stages) {
    put_run_stage(connection, require_run(connection, stage.run_id), stage);
  }
  write.commit();
}

void RunStore::record_stage(const StageRecord& stage, const StageMeasurements& measurements,
                            const RunStage& outcome) {
  auto& connection = impl_->connection;
  Write write(connection, Durability::kFull, "recording stage " + shortened(stage.key));
  replace_stage(connection, stage, measurements);
  put_run_stage(connection, require_run(connection, outcome.run_id), outcome);
  write.commit();
}

void RunStore::record_stage(const StageRecord& stage, const StageMeasurements& measurements) {
  auto& connection = impl_->connection;
  Write write(connection, Durability::kLazy, "recording stage " + shortened(stage.key));
  replace_stage(connection, stage, measurements);
  write.commit();
}

void RunStore::ask_again(const std::string& run_id) {
  auto& connection = impl_->connection;
  Write write(connection, Durability::kFull, "recording that run " + run_id + " was asked for");
  const auto row = require_run(connection, run_id);
  Query(connection, "UPDATE run SET asked = ?2 WHERE id = ?1").run(row, next_number(connection));
  write.commit();
}

void RunStore::finish_run(const std::string& run_id, RunState state,
                          const std::string& finished_utc) {
  auto& connection = impl_->connection;
  Write write(connection, Durability::kFull, "recording the end of run " + run_id);
  const auto row = require_run(connection, run_id);
  Query(connection,
        "UPDATE run_stage SET outcome = 'interrupted'"
        " WHERE run = ?1 AND outcome IN ('queued', 'running')")
      .run(row);
  Query(connection, "UPDATE run SET state = ?2, finished_utc = ?3 WHERE id = ?1")
      .run(row, to_string(state), finished_utc);
  write.commit();
}

void RunStore::remove_run(const std::string& run_id) {
  auto& connection = impl_->connection;
  Write write(connection, Durability::kFull, "removing run " + run_id);
  Query(connection, "DELETE FROM run WHERE id = ?1").run(require_run(connection, run_id));
  write.commit();
}

void RunStore::remove_stages(std::span<const std::string> keys) {
  auto& connection = impl_->connection;
  Write write(connection, Durability::kFull, "removing stages");
  for (const auto& key : keys) Query(connection, "DELETE FROM stage WHERE key = ?1").run(key);
  write.commit();
}

JournalMode RunStore::journal_mode() const {
  return journal_mode_of(impl_->connection);
}

}  // namespace bench::db
