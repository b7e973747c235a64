#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/randomness/stream.h"
#include "metrics/statistics/equivalence.h"
#include "metrics/statistics/hodges_lehmann.h"
#include "metrics/statistics/holm.h"
#include "metrics/statistics/mann_whitney.h"
#include "metrics/statistics/median_interval.h"
#include "metrics/statistics/sign_test.h"
#include "metrics/statistics/signed_rank.h"
#include "metrics/statistics/t_test.h"

namespace bench::statistics {
namespace {

using Values = std::vector<double>;

TEST(MedianInterval, LiesBetweenTheOrderStatisticsOfTheSignTest) {
  // Of 10 values the second and the ninth: 1 - 2 (1 + 10) / 1024.
  const auto ten = median_interval(Values{9, 1, 8, 2, 7, 3, 6, 4, 5, 100});
  EXPECT_EQ(ten->low, 2.0);
  EXPECT_EQ(ten->high, 9.0);
  EXPECT_NEAR(ten->confidence, 1.0 - 22.0 / 1024.0, 1e-12);
  const auto six = median_interval(Values{6, 5, 4, 3, 2, 1});
  EXPECT_EQ(six->low, 1.0);
  EXPECT_EQ(six->high, 6.0);
  EXPECT_NEAR(six->confidence, 1.0 - 2.0 / 64.0, 1e-12);
  EXPECT_FALSE(median_interval(Values{1, 2, 3, 4, 5}).has_value());
  EXPECT_TRUE(median_interval(Values{1, 2, 3, 4, 5}, 0.9).has_value());
  EXPECT_THROW(median_interval(Values{}), StatisticsError);
}

TEST(SignTest, IsTheFairBinomial) {
  // 9 of 10 heads: (1 + 10) / 1024 on one side.
  const SignTest test = sign_test(Values{1, 2, 3, 4, 5, 6, 7, 8, 9, -1, 0, 0});
  EXPECT_EQ(test.positive, 9);
  EXPECT_EQ(test.negative, 1);
  EXPECT_NEAR(test.p, 2.0 * 11.0 / 1024.0, 1e-12);
  EXPECT_NEAR(test.smallest_p, 2.0 / 1024.0, 1e-15);
  EXPECT_EQ(sign_test(Values{0, 0}).p, 1.0);
  EXPECT_NEAR(sign_test(Values{1, 1, 1}, Alternative::kGreater).p, 0.125, 1e-12);
  EXPECT_NEAR(sign_test(Values{1, 1, 1}, Alternative::kLess).p, 1.0, 1e-12);
}

TEST(Holm, StepsDown) {
  const Values adjusted = holm_adjusted(Values{0.01, 0.04, 0.03, 0.005});
  EXPECT_NEAR(adjusted[0], 0.03, 1e-15);
  EXPECT_NEAR(adjusted[1], 0.06, 1e-15);
  EXPECT_NEAR(adjusted[2], 0.06, 1e-15);
  EXPECT_NEAR(adjusted[3], 0.02, 1e-15);
  EXPECT_TRUE(holm_adjusted(Values{}).empty());
  EXPECT_THROW(holm_adjusted(Values{0.5, 1.5}), StatisticsError);
  EXPECT_THROW(holm_adjusted(Values{std::nan("")}), StatisticsError);
}

TEST(SignedRank, SaysThatFiveImagesCannotReachFivePercent) {
  const SignedRankTest test = signed_rank_test(Values{1, 2, 3, 4, 5});
  EXPECT_EQ(test.p, 0.0625);
  EXPECT_EQ(test.smallest_p, 0.0625);
  EXPECT_FALSE(can_reach(test.smallest_p, 0.05));
  EXPECT_TRUE(can_reach(signed_rank_test(Values{1, 2, 3, 4, 5, 6}).smallest_p, 0.05));
}

TEST(SignedRank, OfIdenticalScoresIsOne) {
  const SignedRankTest test = signed_rank_test(Values{0, 0, 0});
  EXPECT_EQ(test.n, 0u);
  EXPECT_EQ(test.p, 1.0);
  EXPECT_EQ(test.smallest_p, 1.0);
}

TEST(SignedRank, ExactEqualsEnumerationWithTiesAndZeros) {
  randomness::Stream stream(5, "signed-rank");
  for (int round = 0; round < 20; ++round) {
    Values differences(9);
    for (double& value : differences) value = static_cast<double>(stream.below(7)) - 3.0;
    const SignedRankTest observed =
        signed_rank_test(differences, {.alternative = Alternative::kGreater});
    Values nonzero;
    for (const double value : differences) {
      if (value != 0.0) nonzero.push_back(value);
    }
    int at_least = 0;
    const int patterns = 1 << nonzero.size();
    for (int pattern = 0; pattern < patterns; ++pattern) {
      Values flipped = nonzero;
      for (std::size_t i = 0; i < flipped.size(); ++i) {
        if (pattern >> i & 1) flipped[i] = -flipped[i];
      }
      if (!flipped.empty() &&
          signed_rank_test(flipped).positive_rank_sum >= observed.positive_rank_sum) {
        ++at_least;
      }
    }
    if (nonzero.empty()) continue;
    EXPECT_NEAR(observed.p, static_cast<double>(at_least) / patterns, 1e-12);
  }
}

TEST(SignedRank, NormalFormIsNearTheExactOneAtTwentyFive) {
  randomness::Stream stream(6, "signed-rank");
  Values differences(25);
  for (double& value : differences) value = stream.normal() + 0.4;
  const double exact = signed_rank_test(differences).p;
  const double normal = signed_rank_test(differences, {.method = SignedRankMethod::kNormal}).p;
  EXPECT_NEAR(normal, exact, 0.02);
  differences.push_back(0.1);
  EXPECT_FALSE(signed_rank_test(differences).exact);
}

TEST(MannWhitney, ExactWithTiesCountsAllSplits) {
  // Ranks {1, 2.5, 2.5, 4}: of 6 splits in two, only {2.5, 4} twice reach a's rank sum 6.5.
  const MannWhitneyTest test =
      mann_whitney_test(Values{2, 3}, Values{1, 2}, {.alternative = Alternative::kGreater});
  EXPECT_NEAR(test.p, 2.0 / 6.0, 1e-12);
  EXPECT_NEAR(test.smallest_p, 1.0 / 6.0, 1e-12);
  EXPECT_EQ(mann_whitney_test(Values{1, 1}, Values{1, 1}).p, 1.0);
}

TEST(MannWhitney, SaysThatThreeAgainstThreeCannotReachFivePercent) {
  const MannWhitneyTest test = mann_whitney_test(Values{4, 5, 6}, Values{1, 2, 3});
  EXPECT_NEAR(test.p, 0.1, 1e-12);
  EXPECT_NEAR(test.smallest_p, 0.1, 1e-12);
}

TEST(HodgesLehmann, IsTheMedianOfWalshAverages) {
  // Walsh averages of {1, 2, 10}: 1, 1.5, 2, 5.5, 6, 10.
  EXPECT_DOUBLE_EQ(hodges_lehmann_paired(Values{10, 1, 2}).shift, 3.75);
  EXPECT_DOUBLE_EQ(hodges_lehmann_shift(Values{1, 5}, Values{0, 2}), 2.0);
}

TEST(HodgesLehmann, IntervalHoldsExactlyWhatTheTestDoesNotReject) {
  randomness::Stream stream(9, "hodges-lehmann");
  Values differences(12);
  for (double& value : differences) value = stream.normal() + 0.7;
  const ShiftEstimate estimate = hodges_lehmann_paired(differences);
  ASSERT_TRUE(estimate.interval.has_value());
  const auto p_after_shift = [&](double shift) {
    Values shifted = differences;
    for (double& value : shifted) value -= shift;
    return signed_rank_test(shifted).p;
  };
  EXPECT_GT(p_after_shift(estimate.interval->low + 1e-9), 0.05);
  EXPECT_LE(p_after_shift(estimate.interval->low - 1e-9), 0.05);
  EXPECT_GT(p_after_shift(estimate.interval->high - 1e-9), 0.05);
  EXPECT_LE(p_after_shift(estimate.interval->high + 1e-9), 0.05);
}

TEST(HodgesLehmann, HasNoIntervalThatNIsTooSmallFor) {
  EXPECT_FALSE(hodges_lehmann_paired(Values{1, 2, 3, 4, 5}).interval.has_value());
  EXPECT_TRUE(hodges_lehmann_paired(Values{1, 2, 3, 4, 5, 6}).interval.has_value());
}

TEST(Equivalence, AgreesWithItsInterval) {
  const Values differences{0.01, -0.02, 0.015, 0.0, -0.005, 0.02};
  const EquivalenceTest within = equivalence_test(differences, 0.05);
  EXPECT_TRUE(within.equivalent);
  EXPECT_GT(within.interval.low, -0.05);
  EXPECT_LT(within.interval.high, 0.05);
  EXPECT_FALSE(equivalence_test(differences, 0.005).equivalent);
  // At the interval's own end, p is the level.
  const double end = std::max(-within.interval.low, within.interval.high);
  EXPECT_NEAR(equivalence_test(differences, end).p, 0.05, 1e-9);
  EXPECT_THROW(equivalence_test(differences, 0.0), StatisticsError);
  EXPECT_THROW(equivalence_test(differences, 0.1, 0.5), StatisticsError);
}

TEST(TTest, OfASampleWithoutSpreadIsCertain) {
  EXPECT_EQ(t_test(Values{0.5, 0.5, 0.5}).p, 0.0);
  EXPECT_EQ(t_test(Values{0.0, 0.0}).p, 1.0);
  EXPECT_EQ(t_test(Values{-0.5, -0.5}, 0.0, Alternative::kGreater).p, 1.0);
  EXPECT_EQ(welch_t_test(Values{1, 1}, Values{1, 1}).p, 1.0);
}

}  // namespace
}  // namespace bench::statistics
