#include "runner/restore/trained_model.h"

#include <algorithm>
#include <vector>

#include "core/json/bad_input.h"
#include "db/run_reader.h"
#include "runner/execute/stage_store.h"
#include "stages/exchange/request.h"

namespace bench::runner {
namespace {

bool is_trained(const db::RunReader& reader, const db::RunStage& stage) {
  if (stage.key.empty()) return false;
  const auto record = reader.stage(stage.key);
  return record && record->kind == "train" && record->state == exchange::StageState::kDone;
}

bool fits(const db::RunStage& stage, const TrainedModelQuery& query) {
  return (query.contestant.empty() || stage.contestant == query.contestant) &&
         (query.task.empty() || stage.task == query.task) &&
         (!query.seed || stage.seed == query.seed);
}

std::string names_of(const std::vector<db::RunStage>& stages) {
  constexpr std::size_t kShown = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, stages.size()); ++i) {
    text += (i > 0 ? "; " : "") + stages[i].name;
  }
  return stages.size() > kShown ? text + "; ..." : text;
}

}  // namespace

std::filesystem::path trained_model_folder(const std::filesystem::path& store,
                                           const TrainedModelQuery& query) {
  const db::RunReader reader(store / "bench.db");
  const auto run = reader.find_run(query.run).run_id;
  std::vector<db::RunStage> trained, fitting;
  for (const auto& stage : reader.run_stages(run)) {
    if (!is_trained(reader, stage)) continue;
    trained.push_back(stage);
    if (fits(stage, query)) fitting.push_back(stage);
  }
  const std::string begin = "restore: run " + run + ": ";
  if (fitting.empty()) {
    throw core::BadInput(
        begin + "no trained network matches --contestant, --task and --seed. " +
        (trained.empty() ? "This run trained none" : "Choose among: " + names_of(trained)));
  }
  if (fitting.size() > 1) {
    throw core::BadInput(begin + "several trained networks match: " + names_of(fitting) +
                         ". Choose one with --contestant, --task and --seed");
  }
  const StageStore stages(store);
  const auto folder = stages.folder_of(fitting.front().key);
  if (!std::filesystem::exists(folder / exchange::kArtifactsFolder / "model.safetensors")) {
    throw core::BadInput(folder.string() +
                         ": the weights of this recorded network are missing. "
                         "Train it again with bench run");
  }
  // What was altered since would restore images that no recorded score speaks of.
  const auto stored = stages.look(fitting.front().key);
  if (!stored.damage.empty()) {
    throw core::BadInput(stored.damage + ". Train it again with bench run");
  }
  return std::filesystem::absolute(folder);
}

}  // namespace bench::runner
