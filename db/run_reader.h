#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "db/database_error.h"
#include "db/records.h"

namespace bench::db {

/// No run answers to a name, or several do: the message lists the nearest ones.
class UnknownRun : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Which runs to list.
struct RunPage {
  int limit = 50;
  int offset = 0;
  std::string experiment_name = {};   ///< empty: of all experiments
  std::string since_utc = {};         ///< started then or later; empty: whenever
  std::vector<RunState> states = {};  ///< as recorded; empty: all
};

/// The read side: a connection that cannot write, whoever asks. Sees what was committed, also while
/// a RunStore of another process writes. Not to be shared between threads.
/// \throws DatabaseError from every function.
class RunReader {
 public:
  /// \throws DatabaseError also if the file is missing, or of an older or newer schema.
  explicit RunReader(const std::filesystem::path& file, int busy_timeout_ms = 5000);
  ~RunReader();
  RunReader(RunReader&&) noexcept;
  RunReader& operator=(RunReader&&) noexcept;

  /// Newest first.
  std::vector<RunSummary> runs(const RunPage& page = {}) const;

  /// Of one experiment, or of all if the name is empty.
  std::int64_t run_count(const std::string& experiment_name = {}) const;

  /// \param name  a run id, the beginning of exactly one, "latest", or "latest~N": so many before.
  /// \throws UnknownRun with the nearest ids, or with all that the beginning fits.
  RunRecord find_run(const std::string& name) const;

  /// In the plan's order; empty for an unknown run.
  std::vector<RunStage> run_stages(const std::string& run_id) const;

  /// Whatever its state. Absent if nothing was recorded under the key.
  std::optional<StageRecord> stage(const std::string& key) const;

  /// Only a stage that is done: what need not be run again.
  std::optional<StageRecord> done_stage(const std::string& key) const;

  /// Those of `keys` whose stage is done, in the order given.
  std::vector<std::string> done_keys(std::span<const std::string> keys) const;

  /// Keys of all stages on record, in order: what a garbage collection compares with the folders.
  std::vector<std::string> all_keys() const;

  /// Keys of a run's stages that are known, in the plan's order, each once.
  std::vector<std::string> keys_of_run(const std::string& run_id) const;

  // What was measured in the stages `keys`, stage by stage in the order given; unknown keys give
  // nothing. Within a stage: scores by (data set, protocol, image), quantities by (name,
  // repetition), points by (series, step), artifacts by path, data files by (data set, name),
  // text facts by name.
  std::vector<ImageScore> scores(std::span<const std::string> keys) const;
  std::vector<Quantity> quantities(std::span<const std::string> keys) const;
  std::vector<Point> points(std::span<const std::string> keys) const;
  /// One series only. A curve has thousands of points: ask for no more than is drawn.
  std::vector<Point> points(std::span<const std::string> keys, const std::string& series) const;
  std::vector<Artifact> artifacts(std::span<const std::string> keys) const;
  std::vector<DataFile> data_files(std::span<const std::string> keys) const;
  std::vector<TextFact> text_facts(std::span<const std::string> keys) const;

  /// All of these as of one moment, even while the executor writes.
  StageMeasurements measurements(std::span<const std::string> keys) const;
  StageMeasurements measurements_of_run(const std::string& run_id) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bench::db
