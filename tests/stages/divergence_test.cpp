// A stage that leaves the finite numbers fails, saying at which step and in which term.
#include <gtest/gtest.h>

#include "stage_folders.h"
#include "stages/exchange/result.h"

namespace bench::stages {
namespace {

clearer::SearchSpace tiny_space() {
  return {
      .channels = {4, 4}, .modules = {1, 1}, .initialization = clearer::Initialization::kKaiming};
}

training::Recipe recipe() {
  return {.steps = 20,
          .batch = 2,
          .patch = 16,
          .schedule = {.kind = training::ScheduleKind::kConstant}};
}

std::string failure_of(const std::string& kind, const std::string& settings) {
  const StageFolders folders;
  const auto folder = folders.make("diverging", kind, settings);
  EXPECT_EQ(StageProcess(folder).wait(), 1);
  EXPECT_FALSE(exchange::read_result(folder));
  return exchange::read_failure(folder).value_or("no failure.json");
}

std::string search_failure(const clearer::SearchOptions& search) {
  return failure_of(
      "search",
      exchange::to_json(exchange::SearchStage{
          .task = StageFolders::task(), .space = tiny_space(), .search = search, .seed = 1}));
}

TEST(Divergence, ATrainingSaysStepAndTerm) {
  exchange::TrainStage stage{
      .task = StageFolders::task(),
      .network = {.kind = "clearer", .space = tiny_space(), .architecture = "F"},
      .recipe = recipe(),
      .seed = 1};
  stage.recipe.schedule.learning_rate = 1e37;
  const auto failure = failure_of("train", exchange::to_json(stage));
  EXPECT_NE(failure.find("step 1: L_Res is not finite"), std::string::npos) << failure;
}

TEST(Divergence, ASearchSaysStepAndTerm) {
  clearer::SearchOptions search{.weights = recipe(), .warm_up_fraction = 0.5};
  search.losses.lambda_architecture = 3e38;
  auto failure = search_failure(search);
  EXPECT_NE(failure.find("step 10: L_Arch is not finite"), std::string::npos) << failure;
  search.losses.lambda_architecture = 0;
  search.architecture_schedule.learning_rate = 1e39;
  failure = search_failure(search);
  EXPECT_NE(failure.find("step 10: architecture logits"), std::string::npos) << failure;
}

}  // namespace
}  // namespace bench::stages
