#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "db/integrity.h"
#include "db/run_reader.h"
#include "db/run_store.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

constexpr const char* kNoon = "2026-05-01T12:00:00Z";
constexpr const char* kEvening = "2026-05-01T18:00:00Z";

TEST(RunStore, GivesBackARunAsItWasBegun) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  auto stages = example_plan("r1", 3, StageState::kQueued);
  stages[1].key.clear();
  stages[1].outcome = StageState::kSkipped;
  stages[1].reason = "needs train-0";
  stages[2].seed.reset();
  store.begin_run(example_run("r1", kNoon), stages);

  const RunReader reader(folder.file());

  auto expected = example_run("r1", kNoon);
  expected.asked = 1;
  EXPECT_EQ(reader.find_run("r1"), expected);
  EXPECT_EQ(reader.run_stages("r1"), stages);
}

TEST(RunStore, GivesBackAStageWithAllItMeasured) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  store.record_stage(example_stage(1), example_measurements(1));
  store.record_stage(example_stage(2), example_measurements(2));

  const RunReader reader(folder.file());
  const std::vector<std::string> keys = {example_key(2)};

  EXPECT_EQ(reader.stage(example_key(2)), example_stage(2));
  EXPECT_EQ(reader.measurements(keys), example_measurements(2));
  EXPECT_EQ(reader.scores(keys), example_measurements(2).scores);
  EXPECT_EQ(reader.points(keys, "psnr"), (std::vector<Point>{{example_key(2), "psnr", 1, 20.0}}));
}

TEST(RunStore, FillsInTheStageKeyOfMeasurements) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  StageMeasurements measurements;
  measurements.text_facts = {{"", "architecture", "PF"}};
  store.record_stage(example_stage(1), measurements);

  const RunReader reader(folder.file());

  const std::vector<std::string> keys = {example_key(1)};
  EXPECT_EQ(reader.text_facts(keys),
            (std::vector<TextFact>{{example_key(1), "architecture", "PF"}}));
}

TEST(RunStore, RecordsAStageAgainInsteadOfTheFormer) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  auto lost = example_stage(1);
  lost.state = StageState::kLost;
  lost.exit_code.reset();
  store.record_stage(lost, long_curve(10));
  store.record_stage(example_stage(1), example_measurements(1));
  store.record_stage(example_stage(1), example_measurements(1));

  const RunReader reader(folder.file());
  const std::vector<std::string> keys = {example_key(1)};

  EXPECT_EQ(reader.all_keys(), keys);
  EXPECT_EQ(reader.stage(example_key(1)), example_stage(1));
  EXPECT_EQ(reader.measurements(keys), example_measurements(1));
  EXPECT_EQ(check_database(folder.file()), std::vector<std::string>{});
}

TEST(RunStore, BeginsARunAgainInsteadOfTheFormer) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  store.begin_run(example_run("r1", kNoon), example_plan("r1", 5, StageState::kQueued));
  store.begin_run(example_run("r1", kNoon), example_plan("r1", 2, StageState::kCached));

  const RunReader reader(folder.file());

  EXPECT_EQ(reader.run_count(), 1);
  EXPECT_EQ(reader.run_stages("r1"), example_plan("r1", 2, StageState::kCached));
}

TEST(RunStore, WritesAStageAndItsOutcomeTogether) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  store.begin_run(example_run("r1", kNoon), example_plan("r1", 2, StageState::kQueued));
  auto outcome = example_plan("r1", 2, StageState::kDone)[1];
  store.record_stage(example_stage(1), example_measurements(1), outcome);

  const RunReader reader(folder.file());

  EXPECT_EQ(reader.run_stages("r1")[1], outcome);
  EXPECT_EQ(reader.run_stages("r1")[0].outcome, StageState::kQueued);
  EXPECT_EQ(reader.measurements_of_run("r1"), example_measurements(1));
}

TEST(RunStore, RecordsNothingOfAStageWhoseRunWasNeverBegun) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  const auto outcome = example_plan("nobody", 2, StageState::kDone)[1];

  EXPECT_THROW(store.record_stage(example_stage(1), example_measurements(1), outcome),
               DatabaseError);

  EXPECT_EQ(RunReader(folder.file()).all_keys(), std::vector<std::string>{});
}

TEST(RunStore, InterruptsOpenStagesWhenARunEnds) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  auto stages = example_plan("r1", 3, StageState::kQueued);
  stages[0].outcome = StageState::kDone;
  stages[1].outcome = StageState::kRunning;
  store.begin_run(example_run("r1", kNoon), stages);
  store.finish_run("r1", RunState::kInterrupted, kEvening);

  const RunReader reader(folder.file());
  const auto after = reader.run_stages("r1");

  EXPECT_EQ(after[0].outcome, StageState::kDone);
  EXPECT_EQ(after[1].outcome, StageState::kInterrupted);
  EXPECT_EQ(after[2].outcome, StageState::kInterrupted);
  EXPECT_EQ(reader.find_run("r1").state, RunState::kInterrupted);
  EXPECT_EQ(reader.find_run("r1").finished_utc, kEvening);
}

TEST(RunStore, KeepsTheLaterOfTwoPointsOfOneStep) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  StageMeasurements resumed;
  resumed.points = {{"", "loss", 1, 0.5}, {"", "loss", 2, 0.4}, {"", "loss", 2, 0.3}};
  store.record_stage(example_stage(1), resumed);

  const std::vector<std::string> keys = {example_key(1)};
  const auto points = RunReader(folder.file()).points(keys);

  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[1].value, 0.3);
}

TEST(RunStore, KeepsADivergedLossAsNaN) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  StageMeasurements diverged;
  diverged.points = {{"", "loss", 1, std::numeric_limits<double>::quiet_NaN()},
                     {"", "loss", 2, std::numeric_limits<double>::infinity()}};
  store.record_stage(example_stage(1), diverged);

  const std::vector<std::string> keys = {example_key(1)};
  const auto points = RunReader(folder.file()).points(keys);

  ASSERT_EQ(points.size(), 2U);
  EXPECT_TRUE(std::isnan(points[0].value));
  EXPECT_EQ(points[1].value, std::numeric_limits<double>::infinity());
}

TEST(RunReader, TellsDoneStagesFromOthers) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  store.record_stage(example_stage(1), {});
  auto failed = example_stage(2);
  failed.state = StageState::kFailed;
  failed.exit_code = 139;
  store.record_stage(failed, {});

  const RunReader reader(folder.file());
  const std::vector<std::string> keys = {example_key(2), example_key(3), example_key(1)};

  EXPECT_EQ(reader.done_keys(keys), (std::vector<std::string>{example_key(1)}));
  EXPECT_TRUE(reader.done_stage(example_key(1)).has_value());
  EXPECT_FALSE(reader.done_stage(example_key(2)).has_value());
  EXPECT_EQ(reader.stage(example_key(2))->exit_code, 139);
}

}  // namespace
}  // namespace bench::db
