#include "verdicts/gate/cost_decision.h"

#include <gtest/gtest.h>

#include <cmath>

#include "simulated_scores.h"

namespace bench::verdicts {
namespace {

std::vector<CostRound> rounds(std::size_t count, double ratio, std::uint64_t seed) {
  randomness::Stream stream(seed, "rounds");
  return simulated_rounds(count, ratio, {}, stream);
}

TEST(CostDecision, SeesARiseThroughDriftAndOutliers) {
  const auto decision = decide_cost("latency", rounds(30, 1.10, 1));
  EXPECT_EQ(decision.verdict, GateVerdict::kRegression);
  EXPECT_NEAR(decision.ratio, 1.10, 0.03);
  EXPECT_NE(decision.explanation.find("latency over 30 interleaved"), std::string::npos);
}

TEST(CostDecision, PassesWhatStaysWithinTheMargin) {
  EXPECT_EQ(decide_cost("latency", rounds(30, 1.0, 2)).verdict, GateVerdict::kPass);
  EXPECT_EQ(decide_cost("latency", rounds(30, 0.8, 3)).verdict, GateVerdict::kPass);
}

TEST(CostDecision, OfFiguresWithoutNoiseIsExact) {
  const std::vector<CostRound> same(8, {.baseline = 1e9, .candidate = 1e9});
  EXPECT_EQ(decide_cost("peak memory", same).verdict, GateVerdict::kPass);
  const std::vector<CostRound> more(8, {.baseline = 1e9, .candidate = 1.06e9});
  EXPECT_EQ(decide_cost("peak memory", more).verdict, GateVerdict::kRegression);
  const std::vector<CostRound> little_more(8, {.baseline = 1e9, .candidate = 1.04e9});
  EXPECT_EQ(decide_cost("peak memory", little_more).verdict, GateVerdict::kPass);
}

TEST(CostDecision, TooFewRoundsAreInconclusive) {
  const std::vector<CostRound> seven(7, {.baseline = 1.0, .candidate = 2.0});
  const auto decision = decide_cost("latency", seven);
  EXPECT_EQ(decision.verdict, GateVerdict::kInconclusive);
  EXPECT_NE(decision.explanation.find("measure more rounds"), std::string::npos);
}

TEST(CostDecision, NothingMeasuredAndBrokenFiguresAreSaid) {
  EXPECT_EQ(decide_cost("latency", {}).verdict, GateVerdict::kNothingMeasured);
  for (const double bad : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
    const std::vector<CostRound> broken{{1.0, 1.0}, {1.0, bad}};
    try {
      decide_cost("latency", broken);
      FAIL();
    } catch (const GateError& error) {
      EXPECT_NE(std::string(error.what()).find("round 1"), std::string::npos);
    }
  }
}

// What differs between two days is in no interval: a frozen baseline's margin must hold it.
TEST(DecideCost, AgainstFrozenRoundsOnlyARiseAboveTheMarginIsARegression) {
  randomness::Stream stream(7, "frozen");
  const CostOptions options{.margin = 0.1};
  const auto eight_percent = simulated_rounds(30, 1.08, {.disturbed = 0}, stream);
  EXPECT_EQ(decide_cost("latency", eight_percent, {.margin = 0.05}).verdict,
            GateVerdict::kRegression);
  EXPECT_EQ(decide_cost("latency", eight_percent, options, RoundPairing::kFrozen).verdict,
            GateVerdict::kPass);
  const auto ten_percent = simulated_rounds(30, 1.1, {.disturbed = 0}, stream);
  const auto undecided = decide_cost("latency", ten_percent, options, RoundPairing::kFrozen);
  EXPECT_EQ(undecided.verdict, GateVerdict::kInconclusive);
  EXPECT_NE(undecided.explanation.find("contains the margin"), std::string::npos)
      << undecided.explanation;
  const auto twenty_percent = simulated_rounds(30, 1.2, {.disturbed = 0}, stream);
  const auto worse = decide_cost("latency", twenty_percent, options, RoundPairing::kFrozen);
  EXPECT_EQ(worse.verdict, GateVerdict::kRegression);
  EXPECT_NE(worse.explanation.find("above the margin"), std::string::npos) << worse.explanation;
}

}  // namespace
}  // namespace bench::verdicts
