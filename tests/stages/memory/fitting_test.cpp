#include "stages/memory/fitting.h"

#include <gtest/gtest.h>

#include "stages/memory/estimate.h"

namespace bench::memory {
namespace {

constexpr std::int64_t kMebi = 1 << 20;

exchange::TrainStage training() {
  return {.network = {.kind = "clearer",
                      .space = {.channels = {8, 16, 32, 64}, .modules = {2, 2, 2, 2}},
                      .architecture = "PF|PF|PF"},
          .recipe = {.steps = 10, .batch = 100, .patch = 64}};
}

TEST(Fitting, IsTheLargestBatchThatFits) {
  auto stage = training();
  const auto found = fitting("train", to_json(stage), 0, 500 * kMebi);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->patch, 64);
  stage.recipe.batch = found->batch;
  EXPECT_EQ(estimated_bytes(stage, 0), found->estimated_bytes);
  EXPECT_LE(found->estimated_bytes, 500 * kMebi);
  stage.recipe.batch = found->batch + 1;
  EXPECT_GT(*estimated_bytes(stage, 0), 500 * kMebi);
}

TEST(Fitting, IsASmallerPatchWhereOnePatchIsTooMuch) {
  auto stage = training();
  stage.recipe.patch = 4096;
  const auto found = fitting("train", to_json(stage), 0, 500 * kMebi);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->batch, 1);
  EXPECT_EQ(found->patch % 8, 0);
  EXPECT_LT(found->patch, 4096);
  EXPECT_LE(found->estimated_bytes, 500 * kMebi);
}

TEST(Fitting, IsNothingWhereNothingFitsOrNothingIsKnown) {
  EXPECT_EQ(fitting("train", to_json(training()), 0, 10 * kMebi), std::nullopt);
  EXPECT_EQ(fitting("evaluate", "{}", 0, 500 * kMebi), std::nullopt);
}

TEST(Fitting, OfASearchIsItsWeightsBatch) {
  exchange::SearchStage stage{.space = training().network.space};
  stage.search.weights = training().recipe;
  const auto found = fitting("search", to_json(stage), 0, 500 * kMebi);
  ASSERT_TRUE(found);
  EXPECT_GE(found->batch, 1);
  EXPECT_LT(found->batch, 100);
}

}  // namespace
}  // namespace bench::memory
