#include <gtest/gtest.h>
#include <torch/types.h>

#include "../tiny_search.h"
#include "clearer/network/derived_network.h"
#include "training/trainer.h"

namespace bench::clearer {
namespace {

std::vector<double> losses(training::Layout layout, training::Precision precision) {
  auto space = tiny_space();
  space.initialization = Initialization::kKaimingLastZeroed;
  space.global_residual = true;
  training::Recipe recipe;
  recipe.steps = 200;
  recipe.schedule.learning_rate = 1e-3;
  recipe.layout = layout;
  recipe.precision = precision;
  training::Trainer trainer(
      std::make_shared<DerivedNetwork>(space, parse_architecture("P|FP"), seeded(1)), recipe,
      [](std::int64_t step) { return tiny_batch(step, 1); });
  std::vector<double> result;
  trainer.run(recipe.steps, [&](const training::StepReport& report) {
    result.push_back(report.loss);
    return true;
  });
  return result;
}

double mean(const std::vector<double>& values, std::size_t first, std::size_t last) {
  double sum = 0.0;
  for (auto i = first; i < last; ++i) sum += values[i];
  return sum / static_cast<double>(last - first);
}

/// NCHW takes LibTorch's own operations, channels-last the fused ones.
TEST(Layouts, GiveTheSameLossesOver200Steps) {
  const auto plain = losses(training::Layout::kNchw, training::Precision::kFloat32);
  const auto fused = losses(training::Layout::kChannelsLast, training::Precision::kFloat32);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(fused[i], plain[i], 1e-4 * plain[i]) << i;
  // Later rounding differences have grown; the means over 50 steps have not.
  for (std::size_t i = 0; i < 200; i += 50) {
    EXPECT_NEAR(mean(fused, i, i + 50), mean(plain, i, i + 50), 0.02 * mean(plain, i, i + 50));
  }
  const auto half = losses(training::Layout::kChannelsLast, training::Precision::kBfloat16);
  EXPECT_NEAR(mean(half, 150, 200), mean(plain, 150, 200), 0.05 * mean(plain, 150, 200));
}

}  // namespace
}  // namespace bench::clearer
