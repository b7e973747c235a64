#include "metrics/statistics/table_standing.h"

#include <gtest/gtest.h>

#include "core/randomness/stream.h"

namespace bench::statistics {
namespace {

/// Seeds 1 to `seeds` of a method, around `mean`; images are the same for one stream of `image`.
MethodRow row(const std::string& name, double mean, double seed_deviation, std::size_t seeds,
              std::size_t images = 12) {
  randomness::Stream stream(3, "standing " + name);
  MethodRow made{.name = name};
  for (std::size_t s = 0; s < seeds; ++s) {
    made.seeds.push_back(static_cast<std::int64_t>(s) + 1);
    const double seed = seed_deviation * stream.normal();
    auto& scores = made.by_seed.emplace_back();
    for (std::size_t i = 0; i < images; ++i) {
      scores.push_back(mean + seed + 2.0 * static_cast<double>(i % 5) + 0.05 * stream.normal());
    }
  }
  return made;
}

TEST(TableStanding, ALargeDifferenceIsSupportedAndOneWithinTheSeedsIsNot) {
  const std::vector<MethodRow> rows = {row("far", 25.0, 0.02, 5), row("near", 29.7, 0.02, 5),
                                       row("best", 30.0, 0.02, 5)};
  const auto clear = standing_in_table(rows, Direction::kHigherIsBetter);
  EXPECT_EQ(clear.best, 2u);
  EXPECT_EQ(clear.second, 1u);
  EXPECT_TRUE(clear.best_is_supported);
  EXPECT_TRUE(clear.second_is_supported);
  EXPECT_TRUE(clear.rows[0].is_worse && clear.rows[1].is_worse);
  EXPECT_FALSE(clear.rows[2].is_worse);
  EXPECT_LT(clear.rows[1].interval->high, 0.0);
  EXPECT_GT(clear.rows[1].interval->low, -0.6);

  const std::vector<MethodRow> noisy = {row("far", 25.0, 0.4, 3), row("near", 29.7, 0.4, 3),
                                        row("best", 30.0, 0.4, 3)};
  const auto open = standing_in_table(noisy, Direction::kHigherIsBetter);
  EXPECT_FALSE(open.best_is_supported);
  EXPECT_FALSE(open.second_is_supported);
  EXPECT_FALSE(open.rows[1].is_worse);
  // The same trainings as they are, on images without much spread, do differ.
  const auto networks =
      standing_in_table(noisy, Direction::kHigherIsBetter, Inference::kTheseNetworks);
  EXPECT_TRUE(networks.best_is_supported);
}

TEST(TableStanding, LowerIsBetterTurnsTheOrder) {
  const std::vector<MethodRow> rows = {row("a", 3.0, 0.02, 5), row("b", 2.0, 0.02, 5)};
  const auto standing = standing_in_table(rows, Direction::kLowerIsBetter);
  EXPECT_EQ(standing.best, 1u);
  EXPECT_TRUE(standing.rows[0].is_worse);
  EXPECT_GT(standing.rows[0].interval->low, 0.0);
}

TEST(TableStanding, AMethodTrainedOnceIsNeverCalledWorseAndSaysWhy) {
  const std::vector<MethodRow> rows = {row("best", 30.0, 0.02, 3), row("once", 20.0, 0.02, 1),
                                       row("far", 21.0, 0.02, 3)};
  const auto standing = standing_in_table(rows, Direction::kHigherIsBetter);
  EXPECT_FALSE(standing.best_is_supported);
  EXPECT_FALSE(standing.rows[1].is_worse);
  EXPECT_TRUE(standing.rows[2].is_worse);
  ASSERT_EQ(standing.warnings.size(), 1u);
  EXPECT_NE(standing.warnings[0].find("once"), std::string::npos);
}

TEST(TableStanding, AClassicalMethodNeedsOneRowOnly) {
  auto classical = row("bm3d", 28.0, 0.0, 1);
  classical.is_trained = false;
  const std::vector<MethodRow> rows = {row("best", 30.0, 0.05, 3), classical};
  const auto standing = standing_in_table(rows, Direction::kHigherIsBetter);
  EXPECT_TRUE(standing.best_is_supported);
  EXPECT_TRUE(standing.warnings.empty());
}

TEST(TableStanding, NeedsRowsOfTheSameImages) {
  EXPECT_THROW(standing_in_table({}, Direction::kHigherIsBetter), StatisticsError);
  const std::vector<MethodRow> unlike = {row("a", 3.0, 0.1, 3), row("b", 2.0, 0.1, 3, 5)};
  EXPECT_THROW(standing_in_table(unlike, Direction::kHigherIsBetter), StatisticsError);
  const std::vector<MethodRow> alone = {row("a", 3.0, 0.1, 3)};
  const auto standing = standing_in_table(alone, Direction::kHigherIsBetter);
  EXPECT_FALSE(standing.best_is_supported);
  EXPECT_FALSE(standing.second);
}

}  // namespace
}  // namespace bench::statistics
