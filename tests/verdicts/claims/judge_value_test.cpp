#include "verdicts/claims/judge_value.h"

#include <gtest/gtest.h>

#include <vector>

namespace bench::verdicts {
namespace {

JudgedNumber judged(const std::vector<double>& means, double value = 28.5, int digits = 2,
                    int draws = 1) {
  return judge_number({value, digits, draws}, means, Chance::kEachSeed);
}

TEST(JudgeNumber, RoundsAsTheSourceDoes) {
  EXPECT_EQ(judged({28.504}).verdict, Verdict::kReproduced);
  EXPECT_EQ(judged({28.504}).measured, "28.50");
  EXPECT_EQ(judged({28.504}).difference, "+0.004");
  EXPECT_EQ(judged({28.508}).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(judged({28.6}, 29, 0).verdict, Verdict::kReproduced);
}

TEST(JudgeNumber, OneDrawHasNoSpreadToContradictBy) {
  EXPECT_EQ(judged({28.52}).verdict, Verdict::kNotTestable);
  EXPECT_NE(judged({28.52}).reason.find("one draw"), std::string::npos) << judged({28.52}).reason;
  EXPECT_EQ(judged({28.52}).difference, "+0.020") << "what was measured is shown all the same";
}

TEST(JudgeNumber, WithoutChanceOneValueDecides) {
  const std::vector<double> mean = {28.52};
  EXPECT_EQ(judge_number({28.5, 2}, mean, Chance::kNone).verdict, Verdict::kContradicted);
  EXPECT_EQ(judge_number({28.51, 2}, mean, Chance::kNone).verdict, Verdict::kWithinRounding)
      << "28.52 is a little less than 28.52 in binary, and less than a unit away";
}

// BM3D re-implemented lies .03 dB above its published row: no reader calls that a contradiction.
TEST(JudgeNumber, ContradictsOnlyBeyondTheMargin) {
  const std::vector<double> means = {31.098, 31.099, 31.100};
  const PrintedNumber printed{.value = 31.07, .digits = 2, .margin = 0.1};
  const auto near = judge_number(printed, means, Chance::kEachSeed);
  EXPECT_EQ(near.verdict, Verdict::kWithinMargin);
  EXPECT_NE(near.reason.find("within 0.1, the margin"), std::string::npos) << near.reason;
  const std::vector<double> one = {31.16}, far = {31.18};
  EXPECT_EQ(judge_number(printed, one, Chance::kNone).verdict, Verdict::kWithinMargin);
  EXPECT_EQ(judge_number(printed, far, Chance::kNone).verdict, Verdict::kContradicted);
  EXPECT_EQ(judge_number({31.07, 2}, means, Chance::kEachSeed).verdict, Verdict::kContradicted)
      << "no margin, no mercy";
  EXPECT_EQ(usual_margin("psnr"), 0.1);
  EXPECT_EQ(usual_margin("ssim"), 0.002);
}

TEST(JudgeNumber, SeedsThatShareTheirNoiseDoNotKnowItsSpread) {
  const std::vector<double> means = {28.60, 28.61, 28.62};
  const auto shared = judge_number({28.5, 2}, means, Chance::kSharedNoise);
  EXPECT_EQ(shared.verdict, Verdict::kNotTestable);
  EXPECT_NE(shared.reason.find("share one draw"), std::string::npos) << shared.reason;
  EXPECT_EQ(judged(means).verdict, Verdict::kContradicted);
}

// Half widths by scipy.stats.t.ppf(.975, n - 1) * std(ddof=1) * sqrt(1 / n + 1 / draws):
// 28.52 and 28.56 against one draw .440156, against three .328073. Rounding adds .005.
TEST(JudgeNumber, TheDifferenceHasTheSpreadOfBothSides) {
  const std::vector<double> means = {28.52, 28.56};  // their mean is 28.54
  EXPECT_EQ(judged(means, 28.10).verdict, Verdict::kWithinSeedNoise) << ".440 is less than .445";
  EXPECT_EQ(judged(means, 28.09).verdict, Verdict::kContradicted) << ".450 is more than .445";
  EXPECT_EQ(
      judged(means, 28.10).reason,
      "the 95 % interval of the difference, -0.005 to +0.885, rounding included, contains zero");
  EXPECT_EQ(judged(means, 28.21, 2, 3).verdict, Verdict::kWithinSeedNoise) << ".330 of .333";
  EXPECT_EQ(judged(means, 28.20, 2, 3).verdict, Verdict::kContradicted) << ".340 of .333";
}

// Three draws, n - 1 = 2: t = 4.302653, s = .0145, so .072040; half a unit of three decimals
// adds .0005. Their mean is 27.137.
TEST(JudgeNumber, TheIntervalTakesTheRoundingIntoAccount) {
  const std::vector<double> means = {27.1370, 27.1515, 27.1225};
  EXPECT_EQ(judged(means, 27.209, 3).verdict, Verdict::kWithinSeedNoise);
  EXPECT_EQ(judged(means, 27.210, 3).verdict, Verdict::kContradicted);
  EXPECT_EQ(judged(means, 27.21, 2).verdict, Verdict::kWithinSeedNoise) << "printed less exactly";
}

TEST(ChanceOf, KnowsWhatWasDrawn) {
  EXPECT_EQ(chance_of(false, false, false), Chance::kNone);
  EXPECT_EQ(chance_of(false, true, false), Chance::kEachSeed);
  EXPECT_EQ(chance_of(true, false, false), Chance::kEachSeed);
  EXPECT_EQ(chance_of(true, true, true), Chance::kEachSeed);
  EXPECT_EQ(chance_of(true, true, false), Chance::kSharedNoise);
}

TEST(DrawsStated, AreANumberOrOne) {
  EXPECT_EQ(draws_stated("3"), 3);
  EXPECT_EQ(draws_stated("not stated"), 1);
  EXPECT_EQ(draws_stated("0"), 1);
  EXPECT_EQ(draws_stated("3 or so"), 1);
}

TEST(DecimalsOf, CountsWhatIsPrinted) {
  EXPECT_EQ(decimals_of("28.50"), 2);
  EXPECT_EQ(decimals_of("-0.60"), 2);
  EXPECT_EQ(decimals_of("30.436"), 3);
  EXPECT_EQ(decimals_of("3"), 0);
}

}  // namespace
}  // namespace bench::verdicts
