#include "training/recipe/recipe.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace bench::training {
namespace {

TEST(LearningRate, OfACosineFallsFromFirstToLast) {
  Schedule schedule{
      .kind = ScheduleKind::kCosine, .learning_rate = 0.025, .learning_rate_min = 0.001};
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 0, 200), 0.025);
  EXPECT_NEAR(learning_rate_at(schedule, 100, 200), 0.013, 1e-12);  // halfway: the mean
  EXPECT_NEAR(learning_rate_at(schedule, 200, 200), 0.001, 1e-12);
}

TEST(LearningRate, StaysTheSameForAnEpoch) {
  Schedule schedule{.kind = ScheduleKind::kCosine, .learning_rate = 1.0, .steps_per_epoch = 50};
  EXPECT_EQ(learning_rate_at(schedule, 50, 200), learning_rate_at(schedule, 99, 200));
  EXPECT_LT(learning_rate_at(schedule, 100, 200), learning_rate_at(schedule, 99, 200));
}

TEST(LearningRate, DropsAtEachMilestone) {
  Schedule schedule{.kind = ScheduleKind::kMilestones,
                    .learning_rate = 1e-3,
                    .milestones = {30, 50},
                    .milestone_factor = 0.2};
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 29, 100), 1e-3);
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 30, 100), 2e-4);
  EXPECT_NEAR(learning_rate_at(schedule, 99, 100), 4e-5, 1e-18);
}

TEST(LearningRate, OfAPolynomialIsAPowerOfTheShareOfStepsLeft) {
  const Schedule schedule{.kind = ScheduleKind::kPolynomial, .learning_rate = 0.05, .power = 0.9};
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 0, 100), 0.05);
  EXPECT_NEAR(learning_rate_at(schedule, 50, 100), 0.05 * 0.5358867312681466, 1e-15);  // .5^.9
  EXPECT_EQ(learning_rate_at(schedule, 100, 100), 0.0);
}

TEST(LearningRate, FallsByTheSameFactorInEveryEpochOfAnExponential) {
  const Schedule schedule{.kind = ScheduleKind::kExponential,
                          .learning_rate = 1e-2,
                          .learning_rate_min = 1e-6,
                          .steps_per_epoch = 25};
  const double expected[] = {1e-2, 1e-3, 1e-4, 1e-5};
  for (std::int64_t epoch = 0; epoch < 4; ++epoch) {
    EXPECT_NEAR(learning_rate_at(schedule, 25 * epoch, 100), expected[epoch], 1e-15);
    EXPECT_NEAR(learning_rate_at(schedule, 25 * epoch + 24, 100), expected[epoch], 1e-15);
  }
  EXPECT_NEAR(learning_rate_at(schedule, 100, 100), 1e-6, 1e-18);
  EXPECT_THROW(validate(Schedule{.kind = ScheduleKind::kExponential}), std::invalid_argument);
}

TEST(Recipe, NamesTheImpossibleValue) {
  Recipe recipe;
  recipe.schedule.learning_rate = -1.0;
  try {
    validate(recipe);
    FAIL() << "no exception";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("learning_rate is -1"), std::string::npos);
  }
}

}  // namespace
}  // namespace bench::training
