#include "runner/plan/estimate_memory.h"

#include <gtest/gtest.h>

#include "stages/memory/estimate.h"

namespace bench::runner {
namespace {

exchange::TaskSettings embedded_task(const std::string& set, std::int64_t count) {
  return {.id = "task",
          .channels = 1,
          .degradation = {.kind = "gaussian", .sigma_8bit = 50},
          .train = {.set = set, .split = "train", .count = count},
          .test = {}};
}

// The program's own scenes are 128 x 128; a rain set holds each twice.
TEST(TrainingDataBytes, AreThoseOfTheImages) {
  const std::filesystem::path nowhere = "no such folder";
  EXPECT_EQ(training_data_bytes(embedded_task("embedded-leaves", 4), nowhere), 4 * 128 * 128);
  EXPECT_EQ(training_data_bytes(embedded_task("embedded-leaves", 0), nowhere), 80 * 128 * 128);
  auto rain = embedded_task("embedded-rain-heavy-slanted", 3);
  rain.channels = 3;
  EXPECT_EQ(training_data_bytes(rain, nowhere), 2 * 3 * 3 * 128 * 128);
}

TEST(TrainingDataBytes, AreNoneWhereTheDataIsNotAtHand) {
  EXPECT_EQ(training_data_bytes(embedded_task("train400", 0), "no such folder"), 0);
  EXPECT_EQ(training_data_bytes(embedded_task("no-such-set", 0), "no such folder"), 0);
}

TEST(EstimateMemory, FillsSearchesAndTrainingsOnly) {
  const exchange::TrainStage train{
      .task = embedded_task("embedded-leaves", 4),
      .network = {.kind = "clearer", .space = {}, .architecture = "PPPP|PPPP|PPPP"},
      .recipe = {.steps = 1}};
  Plan plan{{{.kind = "prepare", .name = "p", .settings_json = "{}"},
             {.kind = "train", .name = "t", .settings_json = to_json(train)}}};
  estimate_memory(plan, "no such folder");
  EXPECT_EQ(plan.stages[0].estimated_bytes, std::nullopt);
  EXPECT_EQ(plan.stages[1].estimated_bytes, memory::estimated_bytes(train, 4 * 128 * 128));
}

}  // namespace
}  // namespace bench::runner
