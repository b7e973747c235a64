#include "runner/study/make_study.h"

#include <algorithm>
#include <map>
#include <set>

#include "runner/study/describe.h"
#include "runner/study/verdicts.h"
#include "verdicts/compare/processors.h"

namespace bench::runner {
namespace {

using db::RunStage;
using exchange::StageState;

bool has_result(const RunStage& stage) {
  return stage.outcome == StageState::kDone || stage.outcome == StageState::kCached;
}

std::int64_t seed_of(const RunStage& stage) {
  return stage.seed.value_or(0);
}

// One run's stages with the key -> kind of those that have a result.
class StudyMaker {
 public:
  StudyMaker(const Experiment& experiment, const db::RunReader& reader, const std::string& run_id,
             const StageStore& store)
      : experiment_(experiment),
        reader_(reader),
        store_(store),
        run_(reader.find_run(run_id)),
        profile_(profile_of(experiment, run_.profile)),
        stages_(reader.run_stages(run_.run_id)) {}

  reports::Study make() {
    add_header();
    for (const auto& stage : stages_) add_stage(stage);
    add_processors_caveat();
    Profile judged_by = profile_;
    judged_by.tests_claims = profile_.tests_claims && is_as_stated(run_);
    study_.claims = verdicts(experiment_, judged_by, study_);
    return std::move(study_);
  }

 private:
  void add_header() {
    study_.name = experiment_.name;
    study_.title = experiment_.title;
    study_.question = experiment_.question;
    study_.profile = run_.profile;
    study_.run_id = run_.run_id;
    study_.started_utc = run_.started_utc;
    study_.finished_utc = run_.finished_utc.value_or("");
    study_.command = run_.command_line;
    study_.seeds = run_.seeds;
    study_.inference = experiment_.inference;
    study_.protocols = experiment_.protocols;
    for (const auto& ask : experiment_.asks) study_.asks.push_back(ask_facts(ask));
    study_.provenance = run_.provenance;
    study_.cost_conditions = cost_conditions(profile_);
    for (const auto& task : experiment_.tasks) {
      study_.tasks.push_back(task_facts(task, profile_.data.at(task.id), experiment_.protocols));
    }
    for (const auto& contestant : experiment_.contestants) {
      study_.contestants.push_back(
          contestant_facts(contestant, profile_.contestants.at(contestant.id)));
    }
    if (!profile_.note.empty()) study_.caveats.push_back(profile_.note);
    for (const auto& caveat : experiment_.caveats) study_.caveats.push_back(caveat);
    for (const auto& contestant : experiment_.contestants) {
      const auto caveat = test_data_caveat(contestant, profile_.contestants.at(contestant.id));
      if (!caveat.empty()) study_.caveats.push_back(caveat);
    }
  }

  // Stages that were not carried out here came with the store.
  void add_processors_caveat() {
    std::map<std::string, verdicts::Processors> sides;
    for (const auto& stage : stages_) {
      if (!has_result(stage) || stage.kind != "evaluate") continue;
      sides[stage.contestant].merge(verdicts::processors_of(reader_, {stage.key}));
    }
    const auto caveat = verdicts::unlike_processors(sides);
    if (!caveat.empty()) study_.caveats.push_back("Scores were " + caveat + ".");
  }

  void add_stage(const RunStage& stage) {
    const std::string& kind = stage.kind;
    add_facts(stage);
    if (!has_result(stage)) {
      if (kind == "evaluate" || kind == "search") add_missing(stage);
      return;
    }
    const std::vector<std::string> key = {stage.key};
    if (kind == "evaluate") {
      add_scores(stage, key);
      add_images(stage, key);
    } else if (kind == "search") {
      add_architecture(stage, key);
    }
    if (kind == "search" || kind == "train") add_curves(stage, kind, key);
    if (kind == "train") add_given_architecture(stage);
    add_costs(stage, kind, key);
  }

  void add_facts(const RunStage& stage) {
    reports::StageFacts facts{
        .key = stage.key,
        .name = stage.name,
        .kind = stage.kind,
        .state = has_result(stage) ? "done" : std::string(to_string(stage.outcome)),
        .command = study_.command};
    if (const auto record = stage.key.empty() ? std::nullopt : reader_.stage(stage.key)) {
      facts.wall_seconds = record->wall_seconds;
      facts.cpu_seconds = record->cpu_seconds;
      facts.peak_memory_bytes = record->peak_memory_bytes;
    }
    study_.stages.push_back(std::move(facts));
  }

  void add_missing(const RunStage& stage) {
    study_.missing.push_back({stage.contestant, stage.task, seed_of(stage),
                              std::string(to_string(stage.outcome)), stage.reason});
  }

  void add_scores(const RunStage& stage, const std::vector<std::string>& key) {
    for (const auto& score : reader_.scores(key)) {
      study_.scores.push_back({stage.contestant, stage.task, score.data_set, score.image,
                               seed_of(stage), score.protocol, score.value, stage.key});
    }
  }

  void add_images(const RunStage& stage, const std::vector<std::string>& key) {
    for (const auto& artifact : reader_.artifacts(key)) {
      // "image/restored/01.png": role and name of the image.
      const std::string opening = "image/";
      if (!artifact.role.starts_with(opening)) continue;
      const auto slash = artifact.role.find('/', opening.size());
      const std::string role = artifact.role.substr(opening.size(), slash - opening.size());
      const std::string image = artifact.role.substr(slash + 1);
      const bool restored = role == "restored";
      // Degraded and target are the same for all contestants: once is enough.
      if (!restored && !shown_.insert(stage.task + "/" + role + "/" + image).second) continue;
      study_.images.push_back({stage.task, image, role, restored ? stage.contestant : "",
                               restored ? seed_of(stage) : 0,
                               (store_.folder_of(stage.key) / artifact.path).string()});
    }
  }

  void add_architecture(const RunStage& stage, const std::vector<std::string>& key) {
    for (const auto& fact : reader_.text_facts(key)) {
      if (fact.name == "architecture") {
        study_.architectures.push_back(
            {stage.contestant, stage.task, seed_of(stage), fact.value, stage.key});
      }
    }
  }

  // Of a contestant that was not searched: the same on every task, so it is noted once a seed.
  void add_given_architecture(const RunStage& stage) {
    const auto record = reader_.stage(stage.key);
    const auto network = exchange::parse_train_stage(record->settings_json).network;
    const bool searched = std::any_of(
        study_.contestants.begin(), study_.contestants.end(), [&](const auto& contestant) {
          return contestant.id == stage.contestant && !contestant.searched_on.empty();
        });
    const std::string place = stage.contestant + "/" + std::to_string(seed_of(stage));
    if (network.kind != "clearer" || searched || !given_.insert(place).second) return;
    study_.architectures.push_back(
        {stage.contestant, "", seed_of(stage), network.architecture, stage.key});
  }

  void add_curves(const RunStage& stage, const std::string& kind,
                  const std::vector<std::string>& key) {
    std::map<std::string, reports::Curve> curves;
    for (const auto& point : reader_.points(key)) {
      auto& curve = curves[point.series];
      curve.points.emplace_back(static_cast<double>(point.step), point.value);
    }
    for (auto& [series, curve] : curves) {
      curve.contestant = stage.contestant;
      curve.task = stage.task;
      curve.seed = seed_of(stage);
      curve.stage_kind = kind;
      curve.series = series;
      study_.curves.push_back(std::move(curve));
    }
  }

  void add_costs(const RunStage& stage, const std::string& kind,
                 const std::vector<std::string>& key) {
    for (const auto& quantity : reader_.quantities(key)) {
      study_.costs.push_back({stage.contestant, stage.task, seed_of(stage), quantity.name,
                              quantity.unit, quantity.value, stage.key});
    }
    if (kind != "train" && kind != "search") return;
    if (const auto record = reader_.stage(stage.key)) {
      study_.costs.push_back({stage.contestant, stage.task, seed_of(stage), kind + "_seconds", "s",
                              record->wall_seconds, stage.key});
    }
  }

  const Experiment& experiment_;
  const db::RunReader& reader_;
  const StageStore& store_;
  db::RunRecord run_;
  const Profile& profile_;
  std::vector<RunStage> stages_;
  reports::Study study_;
  std::set<std::string> shown_;  ///< degraded and target images
  std::set<std::string> given_;  ///< contestant and seed of noted architectures
};

}  // namespace

reports::Study make_study(const Experiment& experiment, const db::RunReader& reader,
                          const std::string& run_id, const StageStore& store) {
  return StudyMaker(experiment, reader, run_id, store).make();
}

}  // namespace bench::runner
