#include "metrics/statistics/rank_correlation.h"

#include <gtest/gtest.h>

#include <vector>

namespace bench::statistics {
namespace {

// scipy 1.17 stats.spearmanr: statistic, and p by Student's t.
TEST(RankCorrelation, IsThatOfScipy) {
  const std::vector<double> a = {2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5};
  const std::vector<double> b = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
  const auto found = rank_correlation(a, b);
  EXPECT_NEAR(found.rho, 0.14157968636401572, 1e-12);
  EXPECT_NEAR(found.p, 0.6607268292868227, 1e-12);
  EXPECT_FALSE(found.exact);
}

// Counted with scipy over the 120 orders of five: 2 correlate as strongly as 1, and 10 as 0.9.
TEST(RankCorrelation, CountsAllOrdersOfFew) {
  const std::vector<double> a = {1, 2, 3, 4, 5};
  EXPECT_NEAR(rank_correlation(a, std::vector<double>{10, 20, 30, 40, 50}).p, 2.0 / 120, 1e-12);
  const auto one_swap = rank_correlation(a, std::vector<double>{20, 10, 30, 40, 50});
  EXPECT_NEAR(one_swap.rho, 0.9, 1e-12);
  EXPECT_NEAR(one_swap.p, 10.0 / 120, 1e-12);
}

TEST(RankCorrelation, DoesNotCareForScalesAndTurnsItsSign) {
  const std::vector<double> a = {1, 5, 2, 9, 3, 7}, b = {2, 4, 1, 8, 5, 6};
  std::vector<double> cubed, negative;
  for (const double value : a) cubed.push_back(value * value * value);
  for (const double value : b) negative.push_back(-value);
  const auto plain = rank_correlation(a, b);
  EXPECT_DOUBLE_EQ(rank_correlation(cubed, b).rho, plain.rho);
  EXPECT_DOUBLE_EQ(rank_correlation(a, negative).rho, -plain.rho);
  ASSERT_TRUE(plain.interval);
  EXPECT_LT(plain.interval->low, plain.rho);
  EXPECT_GT(plain.interval->high, plain.rho);
  EXPECT_LE(plain.interval->high, 1.0);
}

TEST(RankCorrelation, RefusesWhatHasNoOrder) {
  const std::vector<double> flat = {1, 1, 1, 1}, a = {1, 2, 3, 4};
  EXPECT_THROW(rank_correlation(a, flat), StatisticsError);
  EXPECT_THROW(rank_correlation(std::vector<double>{1, 2}, std::vector<double>{1, 2}),
               StatisticsError);
}

}  // namespace
}  // namespace bench::statistics
