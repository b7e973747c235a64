#include "runner/record/rebuild.h"

#include <algorithm>

#include "db/integrity.h"
#include "db/run_store.h"
#include "runner/record/run_file.h"
#include "runner/record/run_recorder.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> folders;
  if (!fs::is_directory(folder)) return folders;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::string key_of(const fs::path& stage_folder) {
  return stage_folder.parent_path().filename().string() + stage_folder.filename().string();
}

// A stage as its folder tells it.
RecordedStage stage_in(const fs::path& folder, const exchange::StageResult& result) {
  const auto request = exchange::read_request(folder);
  StageOutcome outcome{.state = StageState::kDone,
                       .key = key_of(folder),
                       .key_parts = {.kind = request.kind,
                                     .settings_json = request.settings_json,
                                     .inputs = {},
                                     .code_digest = request.code_digest},
                       .started_utc = request.started_utc,
                       .result = result};
  for (const auto& input : request.inputs) {
    outcome.key_parts.inputs.emplace_back(input.role,
                                          key_of((folder / input.folder).lexically_normal()));
  }
  return recorded_stage({.kind = request.kind, .name = request.name}, outcome, folder);
}

void record_folder(const fs::path& folder, const StageStore& store, db::RunStore& database,
                   Rebuilt& rebuilt) {
  try {
    const auto stored = store.look(key_of(folder));
    if (!stored.damage.empty()) rebuilt.left_out.push_back(stored.damage);
    if (!stored.result) return;
    const auto stage = stage_in(folder, *stored.result);
    database.record_stage(stage.record, stage.measurements);
    ++rebuilt.stages;
  } catch (const std::runtime_error& error) {
    rebuilt.left_out.push_back(folder.string() + ": " + error.what());
  }
}

}  // namespace

Rebuilt rebuild_database(const fs::path& root) {
  Rebuilt rebuilt;
  const auto file = root / "bench.db";
  if (fs::exists(file)) rebuilt.moved_aside = db::move_aside(file);
  db::RunStore database(file);
  const StageStore store(root);
  for (const auto& shelf : folders_in(root / "store")) {
    for (const auto& folder : folders_in(shelf)) record_folder(folder, store, database, rebuilt);
  }
  for (const auto& name : run_files(root)) {
    try {
      const auto run = read_run_file(name);
      for (const auto& stage : run.bad_stages) {
        if (!store.look(stage.key).result) database.record_stage(stage, {});
      }
      database.begin_run(run.run, run.stages);
      ++rebuilt.runs;
    } catch (const std::runtime_error& error) {
      rebuilt.left_out.push_back(error.what());
    }
  }
  return rebuilt;
}

}  // namespace bench::runner
