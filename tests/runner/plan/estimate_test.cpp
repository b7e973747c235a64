#include "runner/plan/estimate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stages/exchange/settings.h"

namespace bench::runner {
namespace {

using exchange::EvaluateStage;

EvaluateStage stage_on(const std::string& set, const std::string& split, std::int64_t count) {
  EvaluateStage stage;
  stage.task.test = {{set, split, count}};
  stage.network.kind = "network";
  stage.network.method = "dncnn_s";
  return stage;
}

double seconds(const EvaluateStage& stage) {
  return estimated_seconds("evaluate", to_json(stage));
}

TEST(EstimatedSeconds, OfAnEvaluationGrowWithItsImages) {
  const double one = seconds(stage_on("bsd68", "test", 1));
  const double two = seconds(stage_on("bsd68", "test", 2));
  const double all = seconds(stage_on("bsd68", "test", 0));
  EXPECT_NEAR(all - one, 67 * (two - one), 1e-6) << "68 images in the manifest";
  EXPECT_GT(two - one, 1) << "2.27 G multiply-adds on 64 x 64 are 85 G on a whole image";
  EXPECT_LT(two - one, 30);
}

TEST(EstimatedSeconds, OfAnEvaluationCountPairsOfASplit) {
  const double one = seconds(stage_on("rain100h", "all", 1));
  const double step = seconds(stage_on("rain100h", "all", 2)) - one;
  EXPECT_NEAR(seconds(stage_on("rain100h", "all", 0)) - one, 99 * step, 1e-6);
  EXPECT_NEAR(seconds(stage_on("rain100h", "test", 0)) - one, 19 * step, 1e-6) << "ids 81 to 100";
}

TEST(EstimatedSeconds, OfAnEvaluationKnowWhatCostsNothing) {
  auto stage = stage_on("bsd68", "test", 0);
  stage.network = {.kind = "degraded"};
  EXPECT_LT(seconds(stage), 5);
  stage.network = {.kind = "classical", .method = "bm3d"};
  const double bm3d = seconds(stage);
  EXPECT_GT(bm3d, 30);
  stage.network.method = "wnnm";
  EXPECT_GT(seconds(stage), 10 * bm3d);
}

// Measured once each, processor time of one thread.
TEST(EstimatedSeconds, OfCellsAndBaselinesAreWithinAFactorOfTwoOfMeasuredOnes) {
  exchange::SearchStage search{.method = "hinas", .options = {{"search_features", 4}}};
  search.search = {.strategy = clearer::StrategyKind::kDartsFirstOrder,
                   .weights = {.steps = 4, .batch = 8, .patch = 32},
                   .warm_up_fraction = 0.25};
  const auto found = [&] { return estimated_seconds("search", to_json(search)); };
  EXPECT_THAT(found(), testing::AllOf(testing::Gt(12.8 / 2), testing::Lt(12.8 * 2)));
  search.method = "darts_cell";
  search.options = {{"search_node_channels", 4}, {"cells", 2}};
  EXPECT_THAT(found(), testing::AllOf(testing::Gt(2.5 / 2), testing::Lt(2.5 * 2)));
  search.search.strategy = clearer::StrategyKind::kDartsSecondOrder;
  EXPECT_THAT(found(), testing::AllOf(testing::Gt(5.4 / 2), testing::Lt(5.4 * 2)));
  exchange::TrainStage train{.network = {.kind = "network", .method = "unet_f16"},
                             .recipe = {.steps = 240, .batch = 8, .patch = 32}};
  EXPECT_THAT(estimated_seconds("train", to_json(train)),
              testing::AllOf(testing::Gt(14.9 / 2), testing::Lt(14.9 * 2)));
}

TEST(EstimatedSeconds, OfATrainingFollowTheSizesOfAMethod) {
  exchange::TrainStage train{.network = {.kind = "network", .method = "prenet"},
                             .recipe = {.steps = 100, .batch = 8, .patch = 64}};
  const double published = estimated_seconds("train", to_json(train));
  train.network.options = {{"features", 16}, {"iterations", 3}};
  EXPECT_LT(estimated_seconds("train", to_json(train)), published / 4);
}

}  // namespace
}  // namespace bench::runner
