#include <gtest/gtest.h>

#include "metrics/statistics/paired_comparison.h"
#include "tests/metrics/statistics/scores.h"

namespace bench::statistics {
namespace {

using Values = std::vector<double>;

TEST(PairedComparison, SeesASmallGainThatImagesWouldHide) {
  const auto comparison = paired_comparison(scores(0.1, 68, 1), scores(0.0, 68, 2));
  EXPECT_EQ(comparison.n, 68u);
  EXPECT_NEAR(comparison.mean_difference, 0.1, 0.035);
  EXPECT_NEAR(comparison.hodges_lehmann.shift, 0.1, 0.035);
  EXPECT_LT(comparison.p, 1e-6);
  EXPECT_GT(comparison.t_interval->low, 0.0);
  EXPECT_NEAR(comparison.bootstrap_interval->low, comparison.t_interval->low, 0.005);
  EXPECT_NEAR(comparison.bootstrap_interval->high, comparison.t_interval->high, 0.005);
  EXPECT_GT(comparison.hodges_lehmann.interval->low, 0.0);
  EXPECT_TRUE(comparison.warnings.empty());
}

TEST(PairedComparison, IsAntisymmetric) {
  const auto a = scores(0.1, 20, 1), b = scores(0.0, 20, 2);
  const auto there = paired_comparison(a, b), back = paired_comparison(b, a);
  EXPECT_DOUBLE_EQ(there.mean_difference, -back.mean_difference);
  EXPECT_DOUBLE_EQ(there.hodges_lehmann.shift, -back.hodges_lehmann.shift);
  EXPECT_DOUBLE_EQ(there.p, back.p);
}

TEST(PairedComparison, WarnsWhereNCannotReachTheLevel) {
  const auto five = paired_comparison(scores(1.0, 5, 1), scores(0.0, 5, 2));
  EXPECT_EQ(five.smallest_p, 0.0625);
  ASSERT_EQ(five.warnings.size(), 1u);
  EXPECT_NE(five.warnings[0].find("0.0625"), std::string::npos);
  const auto same = paired_comparison(scores(0.0, 5, 1), scores(0.0, 5, 1));
  EXPECT_EQ(same.p, 1.0);
  ASSERT_EQ(same.warnings.size(), 1u);
  const auto one = paired_comparison(Values{30.0}, Values{29.0});
  EXPECT_FALSE(one.t_interval || one.bootstrap_interval);
}

TEST(PairedComparison, OfSeedsPairsImagesOfTheirMeans) {
  const std::vector<Values> a{scores(0.3, 30, 1), scores(0.1, 30, 2), scores(0.2, 30, 3)};
  const std::vector<Values> b{scores(0.0, 30, 4), scores(0.0, 30, 5), scores(0.0, 30, 6)};
  const auto comparison = paired_comparison(a, b);
  EXPECT_EQ(comparison.images.n, 30u);
  EXPECT_NEAR(comparison.images.mean_difference, 0.2, 0.03);
  EXPECT_NEAR(comparison.seeds_and_images.estimate, comparison.images.mean_difference, 1e-9);
  // The seeds differ by 0.1 dB, which the images of these trainings do not show.
  EXPECT_GT(comparison.seeds_and_images.interval.high - comparison.seeds_and_images.interval.low,
            2.0 * (comparison.images.t_interval->high - comparison.images.t_interval->low));
  EXPECT_TRUE(comparison.seeds_and_images.warning.has_value());
  const auto unlike = paired_comparison(a, std::vector<Values>{b[0]});
  EXPECT_NEAR(unlike.seeds_and_images.estimate, unlike.images.mean_difference, 1e-9);
  EXPECT_EQ(unlike.images.warnings.size(), 1u);
}

}  // namespace
}  // namespace bench::statistics
