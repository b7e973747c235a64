#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "db/records.h"

namespace bench::db {

/// An empty folder of this test alone, removed with all that is in it at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path file(const std::string& name = "bench.db") const { return folder_ / name; }
  const std::filesystem::path& path() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// A key of 64 digits that ends in `number`.
std::string example_key(int number);

/// Every field filled, so that a column that gets lost is seen.
RunRecord example_run(const std::string& run_id, const std::string& started_utc);
StageRecord example_stage(int number);

/// In the order in which RunReader gives them back; all rows carry the stage's key.
StageMeasurements example_measurements(int number);

/// Stages 0 .. `count` - 1, the stage at position i with example_key(i).
std::vector<RunStage> example_plan(const std::string& run_id, int count, StageState outcome);

/// `count` points of one curve.
StageMeasurements long_curve(int count);

}  // namespace bench::db
