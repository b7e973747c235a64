#include "verdicts/verify/verify.h"

#include <gtest/gtest.h>

#include "tests/verdicts/recorded_runs.h"

namespace bench::verdicts {
namespace {

const PublishedClaim kClaim{.id = "claim",
                            .statement = "net on leaves",
                            .kind = "value",
                            .published = "28.50",
                            .value = 28.50,
                            .digits = 2,
                            .metric = "psnr",
                            .protocol = kPsnr,
                            .data_set = "leaves",
                            .split = "test",
                            .sigma_8bit = 50,
                            .method = "net",
                            .certainty = Certainty::kVerified};

Measurement measured(std::vector<double> seed_means) {
  return {.run = "run",
          .contestant = "net",
          .protocol = kPsnr,
          .data_set = "leaves",
          .split = "test",
          .sigma_8bit = 50,
          .profile_tests_claims = true,
          .seed_means = std::move(seed_means)};
}

Verdict verdict_of(const Measurement& one, const PublishedClaim& claim = kClaim) {
  return judge_published(claim, {one}).verdict;
}

TEST(Verify, RoundsAsTheSourceRounds) {
  EXPECT_EQ(verdict_of(measured({28.504})), Verdict::kReproduced);
  EXPECT_EQ(verdict_of(measured({28.508})), Verdict::kWithinRounding);
  EXPECT_EQ(verdict_of(measured({28.53})), Verdict::kNotTestable);
  EXPECT_EQ(verdict_of(measured({28.40, 28.56, 28.62})), Verdict::kWithinSeedNoise);
  EXPECT_EQ(verdict_of(measured({28.60, 28.61, 28.62})), Verdict::kContradicted);
}

TEST(Verify, WhatIsNotLeftToChanceIsDecidedByOneEvaluation) {
  auto one = measured({28.53});
  one.chance = Chance::kNone;
  EXPECT_EQ(verdict_of(one), Verdict::kContradicted);
}

TEST(Verify, ASourceOfSeveralSeedsHasLessSpread) {
  const auto one = measured({28.52, 28.56});  // half widths: .445 of one seed, .333 of three
  PublishedClaim three_seeds = kClaim;
  three_seeds.value = 28.15;
  EXPECT_EQ(verdict_of(one, three_seeds), Verdict::kWithinSeedNoise);
  three_seeds.seeds = "3";
  EXPECT_EQ(verdict_of(one, three_seeds), Verdict::kContradicted);
}

TEST(Verify, AnythingThatDiffersIsNotTestable) {
  const auto good = measured({28.504});
  auto changed = good;
  changed.protocol = kSsim;
  EXPECT_EQ(verdict_of(changed), Verdict::kNotTestable);
  changed = good;
  changed.data_set = "petals";
  EXPECT_EQ(verdict_of(changed), Verdict::kNotTestable);
  changed = good;
  changed.split = "train";
  EXPECT_EQ(verdict_of(changed), Verdict::kNotTestable);
  changed = good;
  changed.sigma_8bit = 25;
  EXPECT_EQ(verdict_of(changed), Verdict::kNotTestable);
  changed = good;
  changed.profile_tests_claims = false;
  EXPECT_EQ(verdict_of(changed), Verdict::kNotTestable);
  changed = good;
  changed.count = 3;
  EXPECT_EQ(verdict_of(changed), Verdict::kNotTestable);
  PublishedClaim recalled = kClaim;
  recalled.certainty = Certainty::kRecalled;
  EXPECT_EQ(verdict_of(good, recalled), Verdict::kNotTestable);
}

TEST(Verify, AnOrderNeedsSeedsOnBothSides) {
  PublishedClaim order = kClaim;
  order.kind = "order";
  order.other = "rival";
  order.value = 0.1;
  auto rival = measured({28.1, 28.11, 28.12});
  rival.contestant = "rival";
  const auto judged = [&](const Measurement& net) {
    return judge_published(order, {net, rival}).verdict;
  };
  EXPECT_EQ(judged(measured({28.2, 28.21, 28.22})), Verdict::kReproduced);
  EXPECT_EQ(judged(measured({28.0, 28.01, 28.02})), Verdict::kContradicted);
  EXPECT_EQ(judged(measured({28.1, 28.12, 28.13})), Verdict::kWithinSeedNoise);
  EXPECT_EQ(judged(measured({28.3})), Verdict::kNotTestable);
}

TEST(Verify, AnOrderOfWhatIsNotLeftToChanceNeedsNoSeeds) {
  PublishedClaim order = kClaim;
  order.kind = "order";
  order.other = "rival";
  order.value = 0.1;
  const auto judged = [&](double net_mean) {
    auto net = measured({net_mean}), rival = measured({28.1});
    rival.contestant = "rival";
    net.chance = rival.chance = Chance::kNone;
    return judge_published(order, {net, rival}).verdict;
  };
  EXPECT_EQ(judged(28.2), Verdict::kReproduced);
  EXPECT_EQ(judged(28.0), Verdict::kContradicted);
  EXPECT_EQ(judged(28.104), Verdict::kWithinRounding) << "+0.00 as the source rounds";
}

// The store says what was drawn: a noise, no model, once.
TEST(Verify, KnowsWhatWasDrawnFromTheStore) {
  RecordedRuns runs;
  runs.add({.seeds = {1},
            .trained = false,
            .experiment_text = "{\"profiles\": {\"quick\": {\"tests_claims\": true}}}"});
  const auto measurements = measurements_of_store(db::RunReader(runs.database()));
  ASSERT_EQ(measurements.size(), 2U) << "its PSNR by both averages over images";
  EXPECT_EQ(measurements[0].chance, Chance::kEachSeed);
  const auto judged = judge_published(kClaim, measurements);
  EXPECT_EQ(judged.verdict, Verdict::kNotTestable);
  EXPECT_NE(judged.reason.find("one draw"), std::string::npos) << judged.reason;
}

TEST(Verify, KnowsATrainingFromTheStore) {
  RecordedRuns runs;
  runs.add({});
  const auto measurements = measurements_of_store(db::RunReader(runs.database()));
  ASSERT_EQ(measurements.size(), 2U);
  EXPECT_EQ(measurements[0].chance, Chance::kSharedNoise);
  // The PSNR of a mean error is below the mean of the PSNRs: a logarithm is concave.
  EXPECT_EQ(measurements[0].protocol, kPsnr);
  EXPECT_NE(measurements[1].protocol.find("agg=mse-mean"), std::string::npos);
  EXPECT_LT(measurements[1].seed_means[0], measurements[0].seed_means[0]);
}

TEST(Verify, ARunWithoutTheBudgetOfTheSourceIsNoVerdict) {
  RecordedRuns runs;
  runs.add({});
  auto claim = kClaim;
  const auto judged = judge_published(claim, measurements_of_store(db::RunReader(runs.database())));
  EXPECT_EQ(judged.verdict, Verdict::kNotTestable);
  EXPECT_NE(judged.reason.find("profile"), std::string::npos) << judged.reason;
  runs.add({.trained = false,
            .experiment_text = "{\"profiles\": {\"quick\": {\"tests_claims\": true}}}"});
  EXPECT_EQ(judge_published(claim, measurements_of_store(db::RunReader(runs.database()))).verdict,
            Verdict::kContradicted);
}

// --set makes another experiment; only where it is computed is left to the user.
TEST(Verify, ARunThatWasChangedIsNoVerdict) {
  const std::string text = "{\"profiles\": {\"quick\": {\"tests_claims\": true}}}";
  const auto verdict = [&](const std::string& override_text) {
    RecordedRuns runs;
    runs.add({.trained = false, .overrides = {override_text}, .experiment_text = text});
    return judge_published(kClaim, measurements_of_store(db::RunReader(runs.database()))).verdict;
  };
  EXPECT_EQ(verdict("profiles.quick.train.steps=1"), Verdict::kNotTestable);
  EXPECT_EQ(verdict("profiles.quick.machine.threads=2"), Verdict::kContradicted);
}

TEST(Verify, AContestantOfTheNameGoesBeforeOthersOfTheMethod) {
  auto own = measured({28.504}), other = measured({31, 31, 31});
  own.method = other.method = "net";
  other.contestant = "net-with-other-weights";
  EXPECT_EQ(judge_published(kClaim, {other, own}).verdict, Verdict::kReproduced);
}

TEST(Verify, ExitCodes) {
  JudgedClaim untestable, good{.verdict = Verdict::kReproduced},
      bad{.verdict = Verdict::kContradicted};
  EXPECT_EQ(verify_exit_code({}), 5);
  EXPECT_EQ(verify_exit_code({untestable}), 5);
  EXPECT_EQ(verify_exit_code({untestable, good}), 0);
  EXPECT_EQ(verify_exit_code({untestable, good, bad}), 6);
}

}  // namespace
}  // namespace bench::verdicts
