#include "runner/decide/judge_value.h"

#include <gtest/gtest.h>

#include <vector>

namespace bench::runner {
namespace {

JudgedNumber judged(const std::vector<double>& means, double value = 28.5, int digits = 2) {
  return judge_number({value, digits}, means);
}

TEST(JudgeNumber, RoundsAsTheSourceDoes) {
  EXPECT_EQ(judged({28.504}).verdict, Verdict::kReproduced);
  EXPECT_EQ(judged({28.504}).measured, "28.50");
  EXPECT_EQ(judged({28.504}).difference, "+0.004");
  EXPECT_EQ(judged({28.508}).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(judged({28.52}).verdict, Verdict::kContradicted);
  EXPECT_EQ(judged({28.6}, 29, 0).verdict, Verdict::kReproduced);
}

// Means 28.52 and 28.56: t(0.975, 1) = 12.706, so the interval is 28.54 -+ 12.706 x 0.02.
TEST(JudgeNumber, KnowsTheSpreadOverSeeds) {
  EXPECT_EQ(judged({28.52, 28.56}, 28.29).verdict, Verdict::kWithinSeedNoise)
      << "half a unit below the interval";
  EXPECT_EQ(judged({28.52, 28.56}, 28.27).verdict, Verdict::kContradicted);
}

TEST(DecimalsOf, CountsWhatIsPrinted) {
  EXPECT_EQ(decimals_of("28.50"), 2);
  EXPECT_EQ(decimals_of("-0.60"), 2);
  EXPECT_EQ(decimals_of("30.436"), 3);
  EXPECT_EQ(decimals_of("3"), 0);
}

}  // namespace
}  // namespace bench::runner
