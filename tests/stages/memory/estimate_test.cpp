#include "stages/memory/estimate.h"

#include <gtest/gtest.h>

#include "stages/memory/step_values.h"

namespace bench::memory {
namespace {

using exchange::NetworkSettings;

NetworkSettings released(const std::string& architecture) {
  return {.kind = "clearer", .space = {}, .architecture = architecture};
}

// The counts that the released networks have (gray): tests/reference/clearer_reference.json.
TEST(StepValues, CountTheParametersOfTheReleasedNetworks) {
  const auto parameters = [](const std::string& architecture) {
    return training_values(released(architecture), 1, 1)->parameters;
  };
  EXPECT_EQ(parameters("PPPP|PPPP|PPPP"), 8'723'264);
  EXPECT_EQ(parameters("FFFF|FFFF|FFFF"), 4'361'536);
  EXPECT_EQ(parameters("PFPF|PFPF|PFPF"), 6'542'400);
  EXPECT_EQ(supernet_values({}, 1, 1, true).parameters, 12'558'144);
}

// By hand: widths 2, 4, one stem bottleneck, one cell of one module; 64 pixels.
TEST(StepValues, CountWhatATinyNetworkKeeps) {
  const NetworkSettings network{
      .kind = "clearer", .space = {.channels = {2, 4}, .modules = {1, 1}}, .architecture = "P"};
  const double stem = 2 * 2 + 2 * 2 + 2 * 8 + 8;  // a pixel: three rectified, one projection
  const double transition = 2 * 2 + 2 * 4 / 4.0;  // 8 -> 2, and 8 -> 4 at a quarter of the pixels
  const double parallel = 4 * 2 + 4 * 4 / 4.0;    // two rectified convolutions a branch
  const double head = 2 / 4.0 + 2 + 4;            // 4 -> 2 at the coarse one, the sum, batch
  const auto found = training_values(network, 1, 64);
  ASSERT_TRUE(found);
  EXPECT_DOUBLE_EQ(found->kept, 64 * (stem + transition + parallel + head));
  EXPECT_DOUBLE_EQ(found->largest, 64 * 8);
}

TEST(StepValues, GrowWithThePixels) {
  const auto one = training_values(released("PFPF|PFPF|PFPF"), 1, 1000);
  const auto two = training_values(released("PFPF|PFPF|PFPF"), 1, 2000);
  EXPECT_DOUBLE_EQ(two->kept, 2 * one->kept);
  EXPECT_EQ(two->parameters, one->parameters);
}

TEST(StepValues, OfAnArchitectureYetToBeFoundLieBetweenTheExtremes) {
  const auto unknown = training_values(released(""), 1, 1000);
  EXPECT_LT(unknown->kept, training_values(released("PPPP|PPPP|PPPP"), 1, 1000)->kept);
  EXPECT_GT(unknown->kept, training_values(released("FFFF|FFFF|FFFF"), 1, 1000)->kept);
}

TEST(EstimatedBytes, AreThoseOfTheSettings) {
  exchange::TrainStage stage{.network = released("PFPF|PFPF|PFPF"),
                             .recipe = {.steps = 1, .batch = 8, .patch = 64}};
  const auto fp32 = *estimated_bytes(stage, 0);
  EXPECT_EQ(*estimated_bytes(stage, 1000), fp32 + 1000);  // the images stay in memory
  stage.recipe.optimizer = "sgd";
  EXPECT_LT(*estimated_bytes(stage, 0), fp32);  // one moment less
  stage.recipe.optimizer = "adam";
  stage.machine.precision = "bf16";
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
  stage.search.strategy = "random";
  EXPECT_LT(*estimated_bytes(stage, 0), whole);
  stage.search.strategy = "darts-first-order";
  stage.method = "darts_cell";  // other activations, which nobody has counted
  EXPECT_EQ(estimated_bytes(stage, 0), std::nullopt);
  stage.method.clear();
  stage.search.strategy = "of another space";
  EXPECT_EQ(estimated_bytes(stage, 0), std::nullopt);
}

}  // namespace
}  // namespace bench::memory
