#include "stages/exchange/settings.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace bench::exchange {
namespace {

TEST(Settings, OfEveryKindReadBackAsTheyWereWritten) {
  const TaskSettings task{.id = "derain",
                          .channels = 3,
                          .degradation = {.kind = "rain"},
                          .train = {.set = "embedded-leaves", .split = "train", .count = 40},
                          .test = {{.set = "rain100h", .split = "test-20"}}};
  SearchStage search{.task = task, .space = {.branches = 2}, .seed = 3};
  search.search.strategy = clearer::StrategyKind::kEvolution;
  search.search.weights.steps = 7;
  search.search.weights.schedule.steps_per_epoch = 2;
  const TrainStage train{
      .task = task,
      .network = {.kind = "method", .method = "dncnn", .options = {{"depth", 8}}},
      .recipe = {.name = "fast", .steps = 300, .schedule = {.milestones = {100, 200}}},
      .seed = ~std::uint64_t{0}};
  const EvaluateStage evaluate{.task = task, .network = {}, .protocols = {"psnr(space=rgb)"}};
  const CostStage profile{
      .network = {.architecture = "PF|FF|FP", .weights_file = "a.pth", .weights_sha256 = "12ab"},
      .channels = 3,
      .step = "search",
      .strategy = clearer::StrategyKind::kJoint};

  EXPECT_EQ(parse_prepare_stage(to_json(PrepareStage{task})), PrepareStage{task});
  EXPECT_EQ(parse_search_stage(to_json(search)), search);
  EXPECT_EQ(parse_train_stage(to_json(train)), train);
  EXPECT_EQ(parse_evaluate_stage(to_json(evaluate)), evaluate);
  EXPECT_EQ(parse_cost_stage(to_json(profile)), profile);
}

// A stage that was stored before there was such a key has the same key as one that leaves it alone.
TEST(Settings, OfACostSayWhatIsTimedOnlyWhereItIsNotRestoring) {
  EXPECT_EQ(to_json(CostStage{}).find("\"step\""), std::string::npos);
  EXPECT_EQ(parse_cost_stage(to_json(CostStage{})), CostStage{});
}

// The same of the entry in a checkpoint that holds the weights.
TEST(Settings, SayWhichEntryHoldsTheWeightsOnlyWhereOneIsNamed) {
  EXPECT_EQ(to_json(EvaluateStage{}).find("weights_key"), std::string::npos);
  EXPECT_EQ(to_json(RestoreStage{}).find("weights_key"), std::string::npos);
  EvaluateStage keyed;
  keyed.network.weights_key = "params_ema";
  EXPECT_EQ(parse_evaluate_stage(to_json(keyed)), keyed);
  RestoreStage restored;
  restored.weights_key = "params_ema";
  EXPECT_EQ(parse_restore_stage(to_json(restored)), restored);
}

// As the version before the one spelling wrote it.
TEST(Settings, WithOldSpellingsAreRead) {
  auto stored = nlohmann::json::parse(to_json(TrainStage{.recipe = {.steps = 3}}));
  stored["recipe"]["optimiser"] = "sgd";
  stored["recipe"].erase("optimizer");
  stored["task"]["degradation"]["noise"] = "clearer-uint8";
  const auto stage = parse_train_stage(stored.dump());
  EXPECT_EQ(stage.recipe.optimizer.kind, training::OptimizerKind::kSgd);
  EXPECT_EQ(stage.task.degradation.noise, kTruncatedNoise);
}

TEST(Settings, AMissingKeyIsNamed) {
  try {
    parse_prepare_stage("{}");
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("task"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace bench::exchange
