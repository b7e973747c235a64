#include <gtest/gtest.h>

#include "randomness/stream.h"
#include "statistics/best_of_table.h"
#include "statistics/paired_comparison.h"

namespace bench::statistics {
namespace {

using Values = std::vector<double>;

/// Per-image scores in dB: images differ by 2.5 dB, `gain_db` is added, and 0.05 dB of noise.
Values scores(double gain_db, std::size_t images, std::uint64_t seed) {
  randomness::Stream image_stream(1, "images"), noise(seed, "noise");
  Values values(images);
  for (double& value : values) {
    value = 30.0 + 2.5 * image_stream.normal() + gain_db + 0.05 * noise.normal();
  }
  return values;
}

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

TEST(BestOfTable, BoldsWhatTheTestCanTell) {
  const std::vector<MethodScores> methods{{"DnCNN", scores(0.0, 68, 1)},
                                          {"CLEARER", scores(0.4, 68, 2)},
                                          {"BM3D", scores(-0.6, 68, 3)}};
  const auto table = compare_against_best(methods, Direction::kHigherIsBetter);
  EXPECT_EQ(table.best, 1u);
  EXPECT_EQ(*table.second, 0u);
  EXPECT_TRUE(table.best_is_supported);
  EXPECT_TRUE(table.second_is_supported);
  EXPECT_EQ(table.methods[1].difference, 0.0);
  EXPECT_FALSE(table.methods[1].distinguishable);
  EXPECT_TRUE(table.methods[2].distinguishable);
  EXPECT_NEAR(table.methods[2].difference, -1.0, 0.03);
  EXPECT_GE(table.methods[0].p_holm, table.methods[0].p);
  EXPECT_TRUE(table.warnings.empty());
  EXPECT_EQ(compare_against_best(methods, Direction::kLowerIsBetter).best, 2u);
}

TEST(BestOfTable, BoldsNothingWhereTheTestCannotTell) {
  const std::vector<MethodScores> methods{
      {"A", scores(0.0, 68, 1)}, {"B", scores(0.002, 68, 2)}, {"C", scores(-0.5, 68, 3)}};
  const auto table = compare_against_best(methods, Direction::kHigherIsBetter);
  EXPECT_FALSE(table.best_is_supported);
  EXPECT_FALSE(table.second_is_supported);
  EXPECT_FALSE(table.methods[*table.second].distinguishable);
  EXPECT_TRUE(table.methods[2].distinguishable);
}

TEST(BestOfTable, AmongEqualMethodsAnyDistinctionIsAsRareAsTheLevel) {
  constexpr int kTrials = 400;
  int tables_with_distinction = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<MethodScores> methods;
    for (int m = 0; m < 5; ++m) {
      methods.push_back({"m", scores(0.0, 40, static_cast<std::uint64_t>(1000 + trial * 5 + m))});
    }
    const auto table = compare_against_best(methods, Direction::kHigherIsBetter);
    for (const auto& method : table.methods) {
      if (method.distinguishable) {
        ++tables_with_distinction;
        break;
      }
    }
  }
  // Three standard errors above 5 %.
  EXPECT_LE(tables_with_distinction, kTrials * 0.083);
}

TEST(BestOfTable, WarnsWhereNCannotReachTheLevel) {
  std::vector<MethodScores> methods{{"A", scores(0.0, 7, 1)}, {"B", scores(1.0, 7, 2)}};
  EXPECT_TRUE(compare_against_best(methods, Direction::kHigherIsBetter).warnings.empty());
  methods.push_back({"C", scores(2.0, 7, 3)});
  methods.push_back({"D", scores(3.0, 7, 4)});
  const auto table = compare_against_best(methods, Direction::kHigherIsBetter);
  EXPECT_FALSE(table.best_is_supported);
  EXPECT_EQ(table.warnings.size(), 1u);
}

TEST(BestOfTable, RefusesUnlikeImageCountsByName) {
  const std::vector<MethodScores> methods{{"A", scores(0.0, 7, 1)}, {"B", scores(1.0, 6, 2)}};
  try {
    compare_against_best(methods, Direction::kHigherIsBetter);
    FAIL();
  } catch (const StatisticsError& error) {
    EXPECT_NE(std::string(error.what()).find("\"B\""), std::string::npos) << error.what();
  }
}

TEST(BestOfTable, OfOneMethodHasNothingToSupport) {
  const std::vector<MethodScores> methods{{"A", scores(0.0, 7, 1)}};
  const auto table = compare_against_best(methods, Direction::kHigherIsBetter);
  EXPECT_FALSE(table.best_is_supported);
  EXPECT_FALSE(table.second.has_value());
}

}  // namespace
}  // namespace bench::statistics
