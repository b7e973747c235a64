#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "db/database_error.h"
#include "db/records.h"

namespace bench::db {

/// How SQLite keeps a transaction whole.
enum class JournalMode : std::uint8_t {
  kWriteAhead,  ///< readers and the writer do not wait for each other; needs a local disk
  kRollback,    ///< for network file systems, whose shared memory cannot be trusted
};

struct RunStoreOptions {
  int busy_timeout_ms = 5000;               ///< how long to wait for another writer
  std::optional<JournalMode> journal = {};  ///< absent: chosen by the file system the file is on
  std::int64_t size_limit_bytes = 0;        ///< the file refuses to grow beyond it; 0: no limit
};

/// The write side of the run database. Used by the executor alone; everybody else reads through
/// RunReader, while this writes if they like. Not to be shared between threads.
///
/// Each function is one transaction: it happens whole or not at all, also under kill -9. What
/// changes a state is on the disk when the function returns (synchronous = FULL).
/// \throws DatabaseError from every function; after one, the store can still be used.
class RunStore {
 public:
  /// Opens the database, or makes it (with the folders above it), and brings its schema up to date.
  explicit RunStore(const std::filesystem::path& file, const RunStoreOptions& options = {});
  ~RunStore();
  RunStore(RunStore&&) noexcept;
  RunStore& operator=(RunStore&&) noexcept;

  /// Writes a run with all stages of its plan, each with what is known of its outcome (a cached
  /// stage needs no further call). A run of the same id is replaced: this also rebuilds.
  /// \param stages  `run_id` may be left empty in them.
  void begin_run(const RunRecord& run, std::span<const RunStage> stages);

  /// Replaces the row (run_id, position), e.g. when a stage starts or is skipped.
  void set_stage_state(const RunStage& stage);

  /// The same for several, in one transaction.
  void set_stage_states(std::span<const RunStage> stages);

  /// Writes a stage with all that it measured, and its outcome in the run.
  /// What was recorded for the same key before is replaced as a whole.
  void record_stage(const StageRecord& stage, const StageMeasurements& measurements,
                    const RunStage& outcome);

  /// Writes a stage as found in its folder, for a rebuild: no run is touched, and the disk may
  /// lag behind (synchronous = NORMAL), because a rebuild can be done again.
  void record_stage(const StageRecord& stage, const StageMeasurements& measurements);

  /// The run was asked for once more and had nothing left to do: it is the latest from now on.
  /// \throws DatabaseError (kBadRecord) if there is no such run.
  void ask_again(const std::string& run_id);

  /// Ends a run; stages of it that are still queued or running become interrupted. Also for a run
  /// whose executor died. \throws DatabaseError (kBadRecord) if there is no such run.
  void finish_run(const std::string& run_id, RunState state, const std::string& finished_utc);

  /// Forgets a run; the stages that it shared with others or had for itself stay on record.
  /// \throws DatabaseError (kBadRecord) if there is no such run.
  void remove_run(const std::string& run_id);

  /// Forgets stages with all that they measured.
  void remove_stages(std::span<const std::string> keys);

  /// The journal in use: what the file system and the options led to.
  JournalMode journal_mode() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bench::db
