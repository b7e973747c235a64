#include "verdicts/gate/drift.h"

#include <gtest/gtest.h>

#include "simulated_scores.h"

namespace bench::verdicts {
namespace {

MeasuredScores scores(double change_db, std::uint64_t seed) {
  randomness::Stream image_stream(1, "images"), stream(seed, "scores");
  return simulated_scores(normal_effects(68, image_stream), 3, change_db, {.training_sd = 0.0},
                          stream);
}

const Provenance kHere{.command = "bench run ci",
                       .code = "abc",
                       .data = "sha256:1",
                       .environment = "x86-64 g++ 12",
                       .run = "",
                       .measured_at = "2026-01-02T03:04:05Z"};

Baseline first_baseline() {
  return {.measured = scores(0.0, 1), .seed_role = SeedRole::kEvaluationOnly, .provenance = kHere};
}

TEST(Drift, SmallLossesThatEachPassAddUpAgainstTheAnchor) {
  Baseline baseline = first_baseline();
  std::size_t steps = 0;
  for (; steps < 10; ++steps) {
    const auto candidate = scores(-0.025 * static_cast<double>(steps + 1), 10 + steps);
    const auto decision = decide_guarded(baseline, candidate, kHere);
    EXPECT_EQ(decision.against_baseline.verdict, GateVerdict::kPass);
    if (decision.verdict == GateVerdict::kRegression) {
      EXPECT_NE(decision.explanation.find("added up"), std::string::npos);
      EXPECT_THROW(advance(baseline, candidate, kHere, decision), GateError);
      break;
    }
    baseline = advance(baseline, candidate, kHere, decision);
  }
  // A loss of 0.05 dB in all may pass, one of 0.1 dB may not.
  EXPECT_GE(steps, 1u);
  EXPECT_LE(steps, 3u);
}

TEST(Drift, TheFirstBaselineIsItsOwnAnchorUntilItAdvances) {
  const Baseline baseline = first_baseline();
  const auto better = scores(0.3, 2);
  const auto decision = decide_guarded(baseline, better, kHere);
  EXPECT_FALSE(decision.against_anchor.has_value());
  EXPECT_TRUE(decision.against_baseline.better_beyond_margin);
  const Baseline next = advance(baseline, better, kHere, decision);
  EXPECT_EQ(next.anchor->scores, baseline.measured.scores);
  EXPECT_EQ(next.measured.scores, better.scores);
  // What was gained and lost again is now a regression, though it equals the anchor.
  EXPECT_EQ(decide_guarded(next, scores(0.0, 3), kHere).verdict, GateVerdict::kRegression);
  EXPECT_EQ(decide_guarded(baseline, scores(0.0, 3), kHere).verdict, GateVerdict::kPass);
}

TEST(Drift, ANewAnchorNeedsAReason) {
  const auto worse = scores(-0.5, 2);
  EXPECT_THROW(re_anchor(worse, SeedRole::kEvaluationOnly, kHere, ""), GateError);
  const Baseline accepted = re_anchor(worse, SeedRole::kEvaluationOnly, kHere, "twice as fast");
  EXPECT_EQ(accepted.anchor->reason, "twice as fast");
  EXPECT_EQ(decide_guarded(accepted, scores(-0.5, 3), kHere).verdict, GateVerdict::kPass);
}

TEST(Drift, OtherDataAreRefusedAndAnotherEnvironmentIsNoted) {
  Provenance there = kHere;
  there.environment = "aarch64";
  const auto decision = decide_guarded(first_baseline(), scores(-0.2, 2), there);
  EXPECT_EQ(decision.verdict, GateVerdict::kRegression);
  ASSERT_EQ(decision.notes.size(), 1u);
  EXPECT_NE(decision.explanation.find("re-measure abc here"), std::string::npos);
  EXPECT_NE(decision.explanation.find("Measured on unlike processors"), std::string::npos);
  // Another compiler on the same processor; a baseline of before kernels were on record.
  for (const char* like : {"x86-64 g++ 12; compiler 13", "x86-64 g++ 12 (avx512); compiler 12"}) {
    there.environment = like;
    const auto noted = decide_guarded(first_baseline(), scores(0.0, 2), there);
    ASSERT_EQ(noted.notes.size(), 1u);
    EXPECT_EQ(noted.notes[0].find("unlike"), std::string::npos) << noted.notes[0];
  }
  there.data = "sha256:2";
  EXPECT_THROW(decide_guarded(first_baseline(), scores(0.0, 2), there), GateError);
}

TEST(Drift, NothingMeasuredStaysNothingMeasured) {
  MeasuredScores nothing = scores(0.0, 1);
  nothing.seeds.clear();
  nothing.scores.clear();
  const auto decision = decide_guarded(first_baseline(), nothing, kHere);
  EXPECT_EQ(decision.verdict, GateVerdict::kNothingMeasured);
  EXPECT_THROW(advance(first_baseline(), nothing, kHere, decision), GateError);
}

}  // namespace
}  // namespace bench::verdicts
