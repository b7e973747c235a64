#include "runner/record/run_recorder.h"

#include "stages/exchange/events.h"

namespace bench::runner {
namespace {

db::StageRecord record_of(const PlannedStage& planned, const StageOutcome& outcome) {
  db::StageRecord record{
      .key = outcome.key,
      .name = planned.name,
      .kind = planned.kind,
      .settings_json = outcome.key_parts.settings_json,
      .inputs = {},
      .code_digest = outcome.key_parts.code_digest,
      // A cached stage was done by another run.
      .state = outcome.state == StageState::kCached ? StageState::kDone : outcome.state,
      .started_utc = outcome.started_utc,
      .exit_code = outcome.exit_code,
      .reason = outcome.reason};
  for (const auto& [role, key] : outcome.key_parts.inputs) record.inputs.push_back({role, key});
  if (outcome.result) {
    const auto& resources = outcome.result->resources;
    record.wall_seconds = resources.wall_seconds;
    record.cpu_seconds = resources.cpu_seconds;
    record.peak_memory_bytes = resources.peak_memory_bytes;
    record.threads = static_cast<int>(resources.threads);
  }
  return record;
}

db::StageMeasurements measurements_of(const exchange::StageResult& result,
                                      const std::vector<exchange::Point>& points) {
  db::StageMeasurements all;
  for (const auto& score : result.scores) {
    all.scores.push_back({"", score.data_set, score.image, score.protocol, score.value});
  }
  for (const auto& quantity : result.quantities) {
    all.quantities.push_back(
        {"", quantity.name, quantity.unit, quantity.value, static_cast<int>(quantity.repetition)});
  }
  for (const auto& point : points) {
    all.points.push_back({"", point.series, point.step, point.value});
  }
  for (const auto& artifact : result.artifacts) {
    all.artifacts.push_back({"", artifact.role, artifact.path, artifact.size, artifact.sha256});
  }
  for (const auto& file : result.data_files) {
    all.data_files.push_back({"", file.data_set, file.name, file.size, file.sha256});
  }
  for (const auto& [name, value] : result.facts) all.text_facts.push_back({"", name, value});
  for (const auto& [name, value] : result.environment) {
    all.text_facts.push_back({"", "environment/" + name, value});
  }
  return all;
}

}  // namespace

RecordedStage recorded_stage(const PlannedStage& planned, const StageOutcome& outcome,
                             const std::filesystem::path& folder) {
  RecordedStage stage{record_of(planned, outcome), {}};
  if (outcome.result) {
    stage.measurements = measurements_of(*outcome.result, exchange::read_events(folder).points);
  }
  return stage;
}

db::RunStage run_stage(const std::string& run_id, std::size_t position, const PlannedStage& planned,
                       const StageOutcome& outcome) {
  db::RunStage stage{.run_id = run_id,
                     .position = static_cast<int>(position),
                     .name = planned.name,
                     .kind = planned.kind,
                     .key = outcome.key,
                     .outcome = outcome.state,
                     .reason = outcome.reason,
                     .contestant = planned.contestant,
                     .task = planned.task};
  if (planned.seed != 0) stage.seed = static_cast<std::int64_t>(planned.seed);
  return stage;
}

RunRecorder::RunRecorder(db::RunStore& database, const StageStore& store, const Plan& plan,
                         std::string run_id, std::set<std::string> on_record)
    : database_(database),
      store_(store),
      plan_(plan),
      run_id_(std::move(run_id)),
      on_record_(std::move(on_record)) {}

void RunRecorder::changed(std::size_t stage, const StageOutcome& outcome) {
  const PlannedStage& planned = plan_.stages[stage];
  const auto place = run_stage(run_id_, stage, planned, outcome);
  // The store may hold what this database has never seen.
  const bool new_to_database =
      outcome.state == StageState::kCached && !on_record_.contains(outcome.key);
  const bool ended = outcome.state == StageState::kDone || is_bad(outcome.state) || new_to_database;
  if (!ended) {
    database_.set_stage_state(place);
    return;
  }
  const auto recorded = recorded_stage(planned, outcome, store_.folder_of(outcome.key));
  database_.record_stage(recorded.record, recorded.measurements, place);
  if (outcome.result) on_record_.insert(outcome.key);
}

}  // namespace bench::runner
