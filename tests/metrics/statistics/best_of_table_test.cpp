#include "metrics/statistics/best_of_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "metrics/statistics/joint_sign_flips.h"
#include "metrics/statistics/signed_rank.h"
#include "tests/metrics/statistics/scores.h"

namespace bench::statistics {
namespace {

using Values = std::vector<double>;

/// Equal methods on the same images, drawn anew for each trial.
std::vector<MethodScores> equal_methods(std::size_t count, std::size_t images,
                                        std::uint64_t trial) {
  std::vector<MethodScores> methods;
  for (std::size_t m = 0; m < count; ++m) {
    methods.push_back({std::to_string(m), scores(0.0, images, 1000 * (trial + 1) + m)});
  }
  return methods;
}

bool calls_any_worse(const BestOfTable& table, std::size_t first_methods) {
  for (std::size_t i = 0; i < first_methods; ++i) {
    if (table.methods[i].distinguishable) return true;
  }
  return false;
}

// Three standard errors of a share of 5 % above 5 %.
double largest_count(int trials) {
  return 0.05 * trials + 3.0 * std::sqrt(0.05 * 0.95 * trials);
}

/// Wilcoxon's test against the best mean, Bonferroni over k - 1: Hsu's argument, not ours.
bool hsu_calls_any_worse(const std::vector<MethodScores>& methods, std::size_t best) {
  for (std::size_t i = 0; i < methods.size(); ++i) {
    if (i == best) continue;
    const auto differences = paired_differences(methods[best].per_image, methods[i].per_image);
    const double p = signed_rank_test(differences).p;
    if (p * static_cast<double>(methods.size() - 1) <= 0.05) return true;
  }
  return false;
}

struct Errors {
  int worse = 0;
  int bold = 0;
  int worse_by_hsu = 0;
};

Errors errors_among_equals(std::size_t count, std::size_t images, int trials) {
  Errors errors;
  for (int trial = 0; trial < trials; ++trial) {
    const auto methods = equal_methods(count, images, static_cast<std::uint64_t>(trial));
    const auto table = compare_against_best(methods, Direction::kHigherIsBetter);
    errors.worse += calls_any_worse(table, count) ? 1 : 0;
    errors.bold += table.best_is_supported ? 1 : 0;
    errors.worse_by_hsu += hsu_calls_any_worse(methods, table.best) ? 1 : 0;
  }
  return errors;
}

const std::vector<Values>& four_methods() {
  static const std::vector<Values> scores{{30.1, 28.4, 33.2, 27.9, 31.5, 29.3, 30.8, 26.6},
                                          {30.0, 28.1, 33.3, 27.5, 31.1, 29.2, 30.1, 26.5},
                                          {29.9, 28.3, 33.0, 27.7, 31.6, 29.0, 30.9, 26.2},
                                          {28.0, 27.3, 31.5, 26.1, 30.2, 28.1, 29.0, 25.4}};
  return scores;
}

// scipy 1.17.1, permutation_test(permutation_type="samples") of the mean difference, exact.
TEST(JointSignFlips, OfTwoMethodsAreFishersTestAsScipyHasIt) {
  const auto& all = four_methods();
  const double expected[] = {0.0390625, 0.078125, 0.0078125};
  for (std::size_t other = 1; other < 4; ++other) {
    const std::vector<Values> two{all[0], all[other]};
    EXPECT_NEAR(joint_sign_flip_test(two).of(0, 1), expected[other - 1], 1e-12) << other;
  }
}

// Westfall and Young's algorithm as the book has it, over all 256 flips, in numpy 2.4.6: the surest
// pair left is held against the largest statistic of the pairs left, and then taken out.
TEST(JointSignFlips, OfFourMethodsStepDownAsWestfallAndYoung) {
  const auto p = joint_sign_flip_test(four_methods());
  EXPECT_NEAR(p.of(0, 1), 22.0 / 256, 1e-12);
  EXPECT_NEAR(p.of(0, 2), 26.0 / 256, 1e-12);
  EXPECT_NEAR(p.of(1, 2), 142.0 / 256, 1e-12);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(p.of(i, 3), 2.0 / 256, 1e-12) << i;
  EXPECT_EQ(p.of(2, 1), p.of(1, 2));
  EXPECT_EQ(p.of(2, 2), 1.0);
  EXPECT_EQ(p.smallest_p, 1.0 / 128);
}

TEST(JointSignFlips, DrawnFlipsAgreeWithAllFlips) {
  // 14 images are drawn; an image without any difference changes no flip of the other 13.
  std::vector<Values> drawn{scores(0.0, 14, 1), scores(0.03, 14, 2), scores(0.05, 14, 3)};
  for (auto& method : drawn) method.back() = 30.0;
  auto exact = drawn;
  for (auto& method : exact) method.pop_back();
  const auto all = joint_sign_flip_test(exact), some = joint_sign_flip_test(drawn);
  for (const auto& [i, j] : {std::pair{0, 1}, {0, 2}, {1, 2}}) {
    EXPECT_NEAR(some.of(i, j), all.of(i, j), 0.03) << i << " " << j;
  }
}

TEST(JointSignFlips, OfTheSameScoresAreOne) {
  const std::vector<Values> same(3, scores(0.0, 20, 1));
  EXPECT_EQ(joint_sign_flip_test(same).of(0, 2), 1.0);
}

TEST(JointSignFlips, RefuseNoMethodAndUnlikeImages) {
  EXPECT_THROW(joint_sign_flip_test({}), StatisticsError);
  EXPECT_THROW(joint_sign_flip_test(std::vector<Values>{{30.0, 31.0}, {30.0}}), StatisticsError);
  EXPECT_THROW(joint_sign_flip_test(std::vector<Values>{{30.0}, {INFINITY}}), StatisticsError);
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
  for (const std::size_t count : {3, 20}) {
    for (const std::size_t images : {12, 68}) {
      const auto errors = errors_among_equals(count, images, kTrials);
      EXPECT_LE(errors.worse, largest_count(kTrials)) << count << " methods, " << images;
      EXPECT_LE(errors.bold, largest_count(kTrials)) << count << " methods, " << images;
      // Why the family is not the k - 1 comparisons with the best: twice the level and more.
      if (count < 20) continue;
      EXPECT_GT(errors.worse_by_hsu, 0.1 * kTrials) << images << " images";
    }
  }
}

TEST(BestOfTable, AClearlyWorseMethodHidesNoErrorAmongTheOthers) {
  constexpr int kTrials = 300;
  for (const std::size_t count : {2, 19}) {
    int wrong = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      auto methods = equal_methods(count, 12, static_cast<std::uint64_t>(trial));
      methods.push_back({"degraded", scores(-5.0, 12, 77)});
      const auto table = compare_against_best(methods, Direction::kHigherIsBetter);
      EXPECT_TRUE(table.methods.back().distinguishable) << trial;
      wrong += calls_any_worse(table, count) ? 1 : 0;
    }
    EXPECT_LE(wrong, largest_count(kTrials)) << count;
  }
}

TEST(BestOfTable, BoldsOneOfTwentyMethodsOnTwelveImages) {
  auto methods = equal_methods(19, 12, 5);
  methods.push_back({"better", scores(0.3, 12, 78)});
  const auto table = compare_against_best(methods, Direction::kHigherIsBetter);
  EXPECT_EQ(table.best, 19u);
  EXPECT_TRUE(table.best_is_supported);
  EXPECT_FALSE(table.second_is_supported);
}

TEST(BestOfTable, WarnsWhereNCannotReachTheLevel) {
  const auto six = equal_methods(4, 6, 1);
  EXPECT_TRUE(compare_against_best(six, Direction::kHigherIsBetter).warnings.empty());
  const std::vector<MethodScores> five{{"A", scores(0.0, 5, 1)}, {"B", scores(9.0, 5, 2)}};
  const auto table = compare_against_best(five, Direction::kHigherIsBetter);
  EXPECT_FALSE(table.best_is_supported);
  ASSERT_EQ(table.warnings.size(), 1u);
  EXPECT_NE(table.warnings[0].find("0.0625"), std::string::npos) << table.warnings[0];
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
