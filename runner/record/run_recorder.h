#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/run_store.h"
#include "runner/execute/executor.h"

namespace bench::runner {

/// A stage with all that it measured, in the database's words.
struct RecordedStage {
  db::StageRecord record;
  db::StageMeasurements measurements;
};

/// \param folder  the stage's, whose events hold the points.
RecordedStage recorded_stage(const PlannedStage& planned, const StageOutcome& outcome,
                             const std::filesystem::path& folder);

/// The place and outcome of a stage in a run.
db::RunStage run_stage(const std::string& run_id, std::size_t position, const PlannedStage& planned,
                       const StageOutcome& outcome);

/// Writes every change of a run into the database: the outcome and the measurements of a stage in
/// one transaction.
class RunRecorder : public ExecutionObserver {
 public:
  /// \param on_record  keys of the stages whose results the database holds.
  RunRecorder(db::RunStore& database, const StageStore& store, const Plan& plan, std::string run_id,
              std::set<std::string> on_record);

  void changed(std::size_t stage, const StageOutcome& outcome) override;
  void progressed(std::size_t, const exchange::Progress&) override {}

 private:
  db::RunStore& database_;
  const StageStore& store_;
  const Plan& plan_;
  std::string run_id_;
  std::set<std::string> on_record_;
};

}  // namespace bench::runner
