#include "metrics/statistics/bootstrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "metrics/statistics/hierarchical_bootstrap.h"

namespace bench::statistics {
namespace {

using Values = std::vector<double>;
using Rows = std::vector<Values>;

Values normal_values(std::size_t n, randomness::Stream& stream) {
  Values values(n);
  for (double& value : values) value = stream.normal();
  return values;
}

/// Scores [seed][image] = seed effect + image effect + residual.
Rows crossed_scores(std::size_t seeds, std::size_t images, double seed_sd, double image_sd,
                    double residual_sd, randomness::Stream& stream) {
  const Values image_effects = normal_values(images, stream);
  Rows rows;
  for (std::size_t s = 0; s < seeds; ++s) {
    const double seed_effect = seed_sd * stream.normal();
    Values row(images);
    for (std::size_t i = 0; i < images; ++i) {
      row[i] = seed_effect + image_sd * image_effects[i] + residual_sd * stream.normal();
    }
    rows.push_back(row);
  }
  return rows;
}

TEST(Bootstrap, IsAFunctionOfTheStream) {
  randomness::Stream first(1, "a"), again(1, "a"), other(2, "a");
  const Values values{1.13, 4.21, 2.35, 8.42, 5.57, 7.71, 3.02};
  const double error = bootstrap_interval(values, first).standard_error;
  EXPECT_EQ(error, bootstrap_interval(values, again).standard_error);
  EXPECT_NE(error, bootstrap_interval(values, other).standard_error);
}

TEST(Bootstrap, OfEqualValuesIsThatValue) {
  randomness::Stream stream(1, "a");
  const auto interval = bootstrap_interval(Values{0.1, 0.1, 0.1}, stream);
  EXPECT_NEAR(interval.bca.low, 0.1, 1e-12);
  EXPECT_NEAR(interval.bca.high, 0.1, 1e-12);
  EXPECT_EQ(interval.acceleration, 0.0);
}

TEST(Bootstrap, HoldsTheTrueMeanAboutAsOftenAsItSays) {
  randomness::Stream stream(3, "coverage");
  int held = 0;
  constexpr int kTrials = 400;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto values = normal_values(68, stream);
    const auto bca = bootstrap_interval(values, stream, {.resamples = 499}).bca;
    if (bca.low <= 0.0 && 0.0 <= bca.high) ++held;
  }
  // Four standard errors of a share of 0.95 are 0.044; the bootstrap itself lacks about 0.01.
  EXPECT_GT(held, kTrials * 0.895);
  EXPECT_LT(held, kTrials * 0.994);
}

TEST(Bootstrap, TakesOtherStatistics) {
  randomness::Stream stream(1, "median");
  const Values values{1, 2, 3, 4, 100};
  const auto interval = bootstrap_interval(values, stream, {}, median);
  EXPECT_EQ(interval.estimate, 3.0);
  EXPECT_LE(interval.bca.low, 3.0);
  EXPECT_GE(interval.bca.high, 3.0);
}

TEST(HierarchicalBootstrap, StandardErrorHasTheSeedsInIt) {
  randomness::Stream stream(4, "hierarchical");
  const Rows rows = crossed_scores(8, 50, 0.2, 1.0, 0.05, stream);
  Values seed_means;
  for (const auto& row : rows) seed_means.push_back(mean(row));
  const double seed_variance = std::pow(*deviation(seed_means), 2) * 7.0 / 8.0 / 8.0;
  const double image_variance = std::pow(*deviation(means_over_seeds(rows)), 2) / 50.0;
  const auto shared = hierarchical_bootstrap(rows, stream, {.images = ImageDraw::kSharedBySeeds});
  EXPECT_NEAR(shared.standard_error, std::sqrt(seed_variance + image_variance), 0.006);
  EXPECT_NEAR(shared.estimate, mean(seed_means), 1e-12);
  EXPECT_FALSE(shared.warning.has_value());
  // Drawing images anew for every seed averages their common part away, by the number of seeds.
  const auto nested = hierarchical_bootstrap(rows, stream);
  EXPECT_NEAR(nested.standard_error, std::sqrt(seed_variance + image_variance / 8.0), 0.006);
}

TEST(HierarchicalBootstrap, WarnsOfFewSeeds) {
  randomness::Stream stream(4, "hierarchical");
  const Rows rows = crossed_scores(3, 10, 0.2, 1.0, 0.05, stream);
  const auto result = hierarchical_bootstrap(rows, stream);
  ASSERT_TRUE(result.warning.has_value());
  EXPECT_EQ(result.warning->substr(0, 9), "3 seed(s)");
  EXPECT_LT(result.interval.low, result.estimate);
  EXPECT_GT(result.interval.high, result.estimate);
}

}  // namespace
}  // namespace bench::statistics
