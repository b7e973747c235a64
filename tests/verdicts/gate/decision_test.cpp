#include "verdicts/gate/decision.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "simulated_scores.h"

namespace bench::verdicts {
namespace {

using Role = SeedRole;

MeasuredScores scores(double change_db, std::size_t seeds, double training_sd, std::uint64_t seed,
                      std::size_t images = 68) {
  randomness::Stream image_stream(1, "images"), stream(seed, "scores");
  return simulated_scores(normal_effects(images, image_stream), seeds, change_db,
                          {.training_sd = training_sd}, stream);
}

void expect_error(const MeasuredScores& baseline, const MeasuredScores& candidate, Role role,
                  const std::string& part) {
  try {
    decide(baseline, candidate, role);
    FAIL() << "no error with \"" << part << "\"";
  } catch (const GateError& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(Decision, ExitCodesAreTheSuites) {
  EXPECT_EQ(exit_code(GateVerdict::kPass), 0);
  EXPECT_EQ(exit_code(GateVerdict::kRegression), 3);
  EXPECT_EQ(exit_code(GateVerdict::kInconclusive), 4);
  EXPECT_EQ(exit_code(GateVerdict::kNothingMeasured), 5);
}

TEST(Decision, IdenticalScoresPass) {
  const auto measured = scores(0.0, 3, 0.1, 1);
  const auto decision = decide(measured, measured, Role::kEvaluationOnly);
  EXPECT_EQ(decision.verdict, GateVerdict::kPass);
  EXPECT_EQ(decision.change, 0.0);
  EXPECT_EQ(decision.wilcoxon_p, 1.0);
  EXPECT_EQ(decide(measured, measured, Role::kMatchedTrainings).verdict, GateVerdict::kPass);
}

TEST(Decision, ALossBeyondTheMarginIsARegressionWithItsNumbers) {
  const auto decision =
      decide(scores(0.0, 3, 0.0, 1), scores(-0.1, 3, 0.0, 2), Role::kEvaluationOnly);
  EXPECT_EQ(decision.verdict, GateVerdict::kRegression);
  EXPECT_NEAR(decision.change, -0.1, 0.02);
  EXPECT_FALSE(decision.over_seeds.has_value());
  EXPECT_LT(decision.wilcoxon_p, 1e-6);
  EXPECT_EQ(decision.explanation.substr(0, 11), "Regression:");
  EXPECT_NE(decision.explanation.find("68 images"), std::string::npos);
  EXPECT_NE(decision.explanation.find("margin of 0.05 dB"), std::string::npos)
      << decision.explanation;
}

TEST(Decision, ALossThatIsSureButSmallerThanTheMarginPasses) {
  const auto decision =
      decide(scores(0.0, 3, 0.0, 1), scores(-0.025, 3, 0.0, 2), Role::kEvaluationOnly);
  EXPECT_EQ(decision.verdict, GateVerdict::kPass);
  EXPECT_LT(decision.change, 0.0);
}

TEST(Decision, NoisyTrainingsAreInconclusiveAndSayHowManySeedsWouldDo) {
  const auto decision =
      decide(scores(0.0, 3, 0.15, 1), scores(0.0, 3, 0.15, 2), Role::kIndependentTrainings);
  EXPECT_EQ(decision.verdict, GateVerdict::kInconclusive);
  ASSERT_TRUE(decision.seeds_needed && decision.over_seeds && decision.detectable);
  EXPECT_GT(*decision.seeds_needed, 10);
  EXPECT_NE(decision.explanation.find("seeds per side"), std::string::npos) << decision.explanation;
  EXPECT_TRUE(wants_second_measurement(decision));
}

TEST(Decision, ImagesDoNotStandInForTrainings) {
  // 204 pairs of scores differ beyond doubt, but three trainings a side do not show it.
  const auto decision =
      decide(scores(0.0, 3, 0.1, 1), scores(-0.06, 3, 0.1, 2), Role::kIndependentTrainings);
  EXPECT_NE(decision.verdict, GateVerdict::kRegression);
  EXPECT_LT(decision.wilcoxon_p, 0.001);
}

TEST(Decision, OneTrainingASideIsInconclusive) {
  const auto decision =
      decide(scores(0.0, 1, 0.1, 1), scores(-3.0, 1, 0.1, 2), Role::kIndependentTrainings);
  EXPECT_EQ(decision.verdict, GateVerdict::kInconclusive);
  EXPECT_NE(decision.explanation.find("one training per side"), std::string::npos);
  const auto matched =
      decide(scores(0.0, 1, 0.1, 1), scores(-3.0, 1, 0.1, 2), Role::kMatchedTrainings);
  EXPECT_EQ(matched.verdict, GateVerdict::kInconclusive);
  const auto one_image =
      decide(scores(0, 3, 0, 1, 1), scores(-3, 3, 0, 2, 1), Role::kEvaluationOnly);
  EXPECT_EQ(one_image.verdict, GateVerdict::kInconclusive);
}

TEST(Decision, MatchedTrainingsAreBlindToWhatSeedsShare) {
  auto baseline = scores(0.0, 5, 0.0, 1), candidate = scores(-0.1, 5, 0.0, 2);
  for (std::size_t s = 0; s < 5; ++s) {
    const double shared = 0.3 * static_cast<double>(s);
    for (double& score : baseline.scores[s]) score += shared;
    for (double& score : candidate.scores[s]) score += shared;
  }
  EXPECT_EQ(decide(baseline, candidate, Role::kMatchedTrainings).verdict, GateVerdict::kRegression);
  EXPECT_EQ(decide(baseline, candidate, Role::kIndependentTrainings).verdict,
            GateVerdict::kInconclusive);
}

TEST(Decision, NothingMeasuredIsNeverAPass) {
  const auto measured = scores(0.0, 3, 0.1, 1);
  MeasuredScores nothing = measured;
  nothing.seeds.clear();
  nothing.scores.clear();
  EXPECT_EQ(decide(measured, nothing, Role::kEvaluationOnly).verdict,
            GateVerdict::kNothingMeasured);
  const auto no_baseline = decide(nothing, measured, Role::kIndependentTrainings);
  EXPECT_EQ(no_baseline.verdict, GateVerdict::kNothingMeasured);
  EXPECT_NE(no_baseline.explanation.find("the baseline has no scores"), std::string::npos);
}

TEST(Decision, LowerCanBeBetter) {
  auto baseline = scores(0.0, 3, 0.0, 1), candidate = scores(0.2, 3, 0.0, 2);
  baseline.direction = candidate.direction = statistics::Direction::kLowerIsBetter;
  const auto decision = decide(baseline, candidate, Role::kEvaluationOnly);
  EXPECT_EQ(decision.verdict, GateVerdict::kRegression);
  EXPECT_NEAR(decision.change, -0.2, 0.03);
}

TEST(Decision, PairsImagesByNameWhateverTheirOrder) {
  const auto baseline = scores(0.0, 3, 0.0, 1);
  auto candidate = scores(-0.1, 3, 0.0, 2);
  const auto expected = decide(baseline, candidate, Role::kEvaluationOnly);
  std::reverse(candidate.images.begin(), candidate.images.end());
  for (auto& row : candidate.scores) std::reverse(row.begin(), row.end());
  EXPECT_EQ(decide(baseline, candidate, Role::kEvaluationOnly).change, expected.change);
}

TEST(Decision, SaysThatABetterCandidateMakesTheBaselineStale) {
  const auto decision =
      decide(scores(0.0, 3, 0.0, 1), scores(0.3, 3, 0.0, 2), Role::kEvaluationOnly);
  EXPECT_EQ(decision.verdict, GateVerdict::kPass);
  EXPECT_TRUE(decision.better_beyond_margin);
  EXPECT_NE(decision.explanation.find("update the baseline"), std::string::npos);
}

TEST(Decision, RefusesWhatIsNotAlike) {
  const auto baseline = scores(0.0, 3, 0.1, 1);
  auto other = baseline;
  other.protocol = "psnr(space=rgb)";
  expect_error(baseline, other, Role::kEvaluationOnly, "psnr(space=rgb)");
  other = baseline;
  other.images[7] = "foreign";
  expect_error(baseline, other, Role::kEvaluationOnly, "image7");
  other = baseline;
  other.seeds[2] = 99;
  expect_error(baseline, other, Role::kMatchedTrainings, "seed 3");
  other = baseline;
  other.scores[1][4] = std::nan("");
  expect_error(baseline, other, Role::kEvaluationOnly, "seed 2, image \"image4\"");
  other = baseline;
  other.scores[1].pop_back();
  expect_error(baseline, other, Role::kEvaluationOnly, "expected 68 images, got 67");
  other = baseline;
  other.images[1] = other.images[0];
  expect_error(baseline, other, Role::kEvaluationOnly, "images[1]");
  EXPECT_THROW(decide(baseline, baseline, Role::kEvaluationOnly, {.margin = 0.0}), GateError);
  EXPECT_THROW(decide(baseline, baseline, Role::kEvaluationOnly, {.alarm_level = 0.5}), GateError);
}

TEST(Decision, AlarmsWithoutAChangeAreAtMostOnePercent) {
  randomness::Stream stream(7, "false alarms");
  constexpr int kTrials = 1000;
  for (const double training_sd : {0.05, 0.18}) {
    int alarms = 0, false_passes = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const auto images = normal_effects(68, stream);
      const auto draw = [&](double change) {
        return simulated_scores(images, 3, change, {.training_sd = training_sd}, stream);
      };
      const auto baseline = draw(0.0);
      const auto verdict = [&](const MeasuredScores& candidate) {
        return decide(baseline, candidate, Role::kIndependentTrainings).verdict;
      };
      if (verdict(draw(0.0)) == GateVerdict::kRegression) ++alarms;
      if (verdict(draw(-0.05)) == GateVerdict::kPass) ++false_passes;
    }
    EXPECT_LE(alarms, kTrials / 100) << training_sd;
    // The pass level, 5 %, and three standard errors.
    EXPECT_LE(false_passes, 70) << training_sd;
  }
}

TEST(Decision, ASecondMeasurementAddsFreshSeeds) {
  const auto first = scores(0.0, 3, 0.1, 1);
  auto second = scores(0.0, 3, 0.1, 2);
  EXPECT_THROW(with_more_seeds(first, second), GateError);
  second.seeds = {4, 5, 6};
  const auto together = with_more_seeds(first, second);
  EXPECT_EQ(together.seeds, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(together.scores[4], second.scores[1]);
}

}  // namespace
}  // namespace bench::verdicts
