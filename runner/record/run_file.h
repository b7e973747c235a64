#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "db/records.h"
#include "db/run_reader.h"

/// runs/RUN.json in the store: what the database knows of a run and no stage's folder does. The
/// database can be made again from both.
namespace bench::runner {

struct RunFile {
  db::RunRecord run;
  std::vector<db::RunStage> stages;
  std::vector<db::StageRecord> bad_stages;  ///< failed, lost, timed out: they left no result
  friend bool operator==(const RunFile&, const RunFile&) = default;
};

/// \param store  its root. \throws std::runtime_error naming the file that cannot be written
void write_run_file(const std::filesystem::path& store, const RunFile& file);

/// What the database holds of a run. \throws db::UnknownRun, db::DatabaseError
RunFile run_file_of(const db::RunReader& reader, const std::string& run_id);

/// \throws std::runtime_error naming the file that is none
RunFile read_run_file(const std::filesystem::path& file);

/// Nothing if there is none.
void remove_run_file(const std::filesystem::path& store, const std::string& run_id);

/// The files of all runs of a store.
std::vector<std::filesystem::path> run_files(const std::filesystem::path& store);

}  // namespace bench::runner
