#include "stages/memory/estimate.h"

#include <gtest/gtest.h>

namespace bench::memory {
namespace {

using exchange::NetworkSettings;

NetworkSettings released(const std::string& architecture) {
  return {.kind = "clearer", .space = {}, .architecture = architecture};
}

TEST(EstimatedBytes, AreThoseOfTheSettings) {
  exchange::TrainStage stage{.network = released("PFPF|PFPF|PFPF"),
                             .recipe = {.steps = 1, .batch = 8, .patch = 64}};
  const auto fp32 = *estimated_bytes(stage, 0);
  EXPECT_EQ(*estimated_bytes(stage, 1000), fp32 + 1000);  // the images stay in memory
  stage.recipe.optimizer.kind = training::OptimizerKind::kSgd;
  EXPECT_LT(*estimated_bytes(stage, 0), fp32);  // one moment less
  stage.recipe.optimizer.kind = training::OptimizerKind::kAdam;
  stage.machine.precision = training::Precision::kBfloat16;
  EXPECT_LT(*estimated_bytes(stage, 0), fp32);
  stage.network = {.kind = "network", .method = "no_such"};
  EXPECT_EQ(estimated_bytes(stage, 0), std::nullopt);
  stage.network = {.kind = "degraded"};
  EXPECT_EQ(estimated_bytes(stage, 0), std::nullopt);
  EXPECT_EQ(estimated_bytes("evaluate", "{}", 0), std::nullopt);
}

TEST(EstimatedBytes, OfASearchDependOnHowMuchOfTheSupernetIsUsed) {
  exchange::SearchStage stage;
  stage.search.weights = {.steps = 1, .batch = 8, .patch = 64};
  const auto whole = *estimated_bytes(stage, 0);
  stage.search.strategy = clearer::StrategyKind::kRandom;
  EXPECT_LT(*estimated_bytes(stage, 0), whole);
  stage.search.strategy = clearer::StrategyKind::kDartsFirstOrder;
  stage.method = "darts_cell";  // other activations, which nobody has counted
  EXPECT_EQ(estimated_bytes(stage, 0), std::nullopt);
}

}  // namespace
}  // namespace bench::memory
