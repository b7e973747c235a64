#include "tests/verdicts/recorded_runs.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "core/digest/sha256.h"
#include "db/run_store.h"

namespace bench::verdicts {
namespace {

constexpr int kImages = 12;

std::string settings_of(const RunSketch& sketch) {
  return nlohmann::json{{"protocols", {sketch.protocol}},
                        {"noise_seed", 0},
                        {"task",
                         {{"id", "denoise"},
                          {"degradation", {{"kind", "gaussian"}, {"sigma_8bit", 50}}},
                          {"test", {{{"set", sketch.data_set}, {"split", "test"}, {"count", 0}}}}}}}
      .dump();
}

db::StageRecord evaluation(const RunSketch& sketch, const std::string& name,
                           const std::string& data_key, const std::string& model_key) {
  db::StageRecord record;
  record.key = digest::sha256_hex(sketch.run_id + name);
  record.name = name;
  record.kind = "evaluate";
  record.settings_json = settings_of(sketch);
  record.inputs = {{"data", data_key}};
  if (sketch.trained && !sketch.seeds.empty()) record.inputs.push_back({"model", model_key});
  record.code_digest = std::string(64, 'c');
  record.started_utc = sketch.started_utc;
  record.threads = 1;
  record.exit_code = 0;
  return record;
}

db::StageMeasurements environment_of(const std::string& processor, const std::string& kernels) {
  db::StageMeasurements measured;
  if (!processor.empty()) {
    measured.text_facts.push_back({"", "environment/processor", processor});
  }
  if (!kernels.empty()) measured.text_facts.push_back({"", "environment/kernels", kernels});
  return measured;
}

// Images differ by decibels, seeds by hundredths: as real scores do.
db::StageMeasurements scores_of(const RunSketch& sketch, std::int64_t seed) {
  auto measured = environment_of(sketch.processor, sketch.kernels);
  for (int image = 0; image < kImages; ++image) {
    const double seed_shift = sketch.seed_spread_db * static_cast<double>(seed % 3 - 1);
    const double own = 0.002 * static_cast<double>((image * 7 + seed * 3) % 5 - 2);
    measured.scores.push_back({"", sketch.data_set, "p" + std::to_string(10 + image),
                               sketch.protocol,
                               26.0 + 0.7 * image + seed_shift + own + sketch.offset_db});
  }
  return measured;
}

void record_data(db::RunStore& store, const RunSketch& sketch, const std::string& key) {
  db::StageRecord prepare;
  prepare.key = key;
  prepare.name = "prepare denoise";
  prepare.kind = "prepare";
  prepare.settings_json = "{}";
  prepare.code_digest = std::string(64, 'c');
  prepare.started_utc = sketch.started_utc;
  db::StageMeasurements files;
  files.data_files = {{"", "leaves", "test0/target/p10", 10, sketch.data_digest}};
  store.record_stage(prepare, files);
}

void record_model(db::RunStore& store, const RunSketch& sketch, const std::string& key) {
  db::StageRecord train;
  train.key = key;
  train.name = "train net on denoise";
  train.kind = "train";
  train.settings_json = "{}";
  train.code_digest = std::string(64, 'c');
  train.started_utc = sketch.started_utc;
  const auto& processor =
      sketch.training_processor.empty() ? sketch.processor : sketch.training_processor;
  store.record_stage(train, environment_of(processor, sketch.kernels));
}

}  // namespace

RecordedRuns::RecordedRuns() {
  std::string name = testing::TempDir() + "bench_decide_XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp " + name);
  folder_ = name;
}

RecordedRuns::~RecordedRuns() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void RecordedRuns::add(const RunSketch& sketch) {
  db::RunStore store(database());
  db::RunRecord run{.run_id = sketch.run_id,
                    .experiment_name = sketch.experiment,
                    .experiment_path = "experiments/example.json",
                    .experiment_text = sketch.experiment_text,
                    .experiment_sha256 = digest::sha256_hex(sketch.experiment_text),
                    .profile = sketch.profile,
                    .seeds = sketch.seeds,
                    .overrides = sketch.overrides,
                    .command_line = "bench run experiments/example.json",
                    .started_utc = sketch.started_utc,
                    .provenance = {{"commit", sketch.commit}, {"changes", sketch.changes}}};
  const std::string data_key = digest::sha256_hex(sketch.run_id + "data");
  std::vector<std::optional<std::int64_t>> seeds(sketch.seeds.begin(), sketch.seeds.end());
  if (seeds.empty()) seeds.emplace_back();
  std::vector<db::RunStage> plan;
  for (const auto& contestant : sketch.contestants) {
    for (const auto& seed : seeds) {
      db::RunStage stage{.run_id = sketch.run_id,
                         .position = static_cast<int>(plan.size()),
                         .name = "evaluate " + contestant + " on denoise" +
                                 (seed ? ", seed " + std::to_string(*seed) : ""),
                         .kind = "evaluate",
                         .outcome = exchange::StageState::kQueued,
                         .contestant = contestant,
                         .task = "denoise",
                         .seed = seed};
      if (sketch.failed) {
        stage.outcome = exchange::StageState::kSkipped;
        stage.reason = "its training failed";
      }
      plan.push_back(stage);
    }
  }
  store.begin_run(run, plan);
  record_data(store, sketch, data_key);
  const std::string model_key = digest::sha256_hex(sketch.run_id + "model");
  record_model(store, sketch, model_key);
  for (auto& stage : plan) {
    if (sketch.failed) continue;
    const auto record = evaluation(sketch, stage.name, data_key, model_key);
    stage.key = record.key;
    stage.outcome = exchange::StageState::kDone;
    store.record_stage(record, scores_of(sketch, stage.seed.value_or(0)), stage);
  }
  store.finish_run(sketch.run_id, db::RunState::kDone, sketch.started_utc);
}

}  // namespace bench::verdicts
