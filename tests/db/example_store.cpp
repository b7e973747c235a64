#include "tests/db/example_store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <limits>

namespace bench::db {

ScratchFolder::ScratchFolder() {
  std::string name = testing::TempDir() + "bench_db_XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp " + name);
  folder_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string example_key(int number) {
  const std::string digits = std::to_string(number);
  return std::string(64 - digits.size(), 'a') + digits;
}

RunRecord example_run(const std::string& run_id, const std::string& started_utc) {
  RunRecord run;
  run.run_id = run_id;
  run.experiment_name = "derain_transfer";
  run.experiment_path = "experiments/derain_transfer.json";
  run.experiment_text = "{\"question\": \"Überträgt es sich?\\n\"}\n";
  run.experiment_sha256 = std::string(64, '7');
  run.profile = "quick";
  run.seeds = {3, 1, 9007199254740993, -2};
  run.overrides = {"profiles.quick.steps=20", "seeds=[3,1]", "profiles.quick.steps=30"};
  run.command_line = "bench run experiments/derain_transfer.json --set 'a=\"b\"'";
  run.started_utc = started_utc;
  run.state = RunState::kRunning;
  run.provenance = {{"git commit", "0123abcd"}, {"threads", "1"}, {"CPU", ""}};
  return run;
}

StageRecord example_stage(int number) {
  StageRecord stage;
  stage.key = example_key(number);
  stage.name = "train-" + std::to_string(number);
  stage.kind = "train";
  stage.settings_json = "{\"steps\":20}";
  stage.inputs = {{"architecture", example_key(900)}, {"data", example_key(901)}};
  stage.code_digest = std::string(64, 'c');
  stage.state = StageState::kDone;
  stage.started_utc = "2026-05-01T12:00:01Z";
  stage.wall_seconds = 1.25;
  stage.cpu_seconds = 0.1;
  stage.peak_memory_bytes = 5'000'000'000;
  stage.threads = 1;
  stage.exit_code = 0;
  stage.reason = "first try";
  return stage;
}

StageMeasurements example_measurements(int number) {
  const std::string key = example_key(number);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  StageMeasurements all;
  all.scores = {{key, "Rain100H", "1.png", "psnr{space=rgb}", 28.700000000000003},
                {key, "Rain100H", "2.png", "psnr{space=rgb}", kInfinity},
                {key, "Rain100H", "1.png", "ssim{space=y}", 0.1 + 0.2},
                {key, "Set12", "1.png", "psnr{space=rgb}", -0.0}};
  all.quantities = {{key, "latency", "ms", 3.5, 0},
                    {key, "latency", "ms", 3.25, 1},
                    {key, "parameters", "1", 123456789.0, 0}};
  all.points = {{key, "loss", 0, 0.5}, {key, "loss", 1, 0.25}, {key, "psnr", 1, 20.0}};
  all.artifacts = {{key, "weights", "artifacts/weights.safetensors", 1234, std::string(64, '1')},
                   {key, "image", "artifacts/z \"1\".png", 99, std::string(64, '2')}};
  all.data_files = {{key, "Rain100H", "rain-001.png", 4321, std::string(64, '3')}};
  all.text_facts = {{key, "architecture", "PFPPFF"}, {key, "note", "line 1\nline 2"}};
  return all;
}

std::vector<RunStage> example_plan(const std::string& run_id, int count, StageState outcome) {
  std::vector<RunStage> stages;
  for (int i = 0; i < count; ++i) {
    RunStage stage;
    stage.run_id = run_id;
    stage.position = i;
    stage.name = "train-" + std::to_string(i);
    stage.kind = "train";
    stage.key = example_key(i);
    stage.outcome = outcome;
    stage.contestant = "dncnn";
    stage.task = "derain";
    stage.seed = i;
    stages.push_back(stage);
  }
  return stages;
}

StageMeasurements long_curve(int count) {
  StageMeasurements measurements;
  for (int step = 0; step < count; ++step) {
    measurements.points.push_back({"", "loss", step, 1.0 / (1 + step)});
  }
  return measurements;
}

}  // namespace bench::db
