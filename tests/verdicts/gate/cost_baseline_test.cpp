#include "verdicts/gate/cost_baseline.h"

#include <gtest/gtest.h>

#include <cmath>

#include "simulated_scores.h"
#include "verdicts/gate/cost_guard.h"

namespace bench::verdicts {
namespace {

const Provenance kHere = {"bench gate cost net", "abc", "none", "a machine", "", "2026-05-01"};

/// A measurement of 12 rounds: the machine's speed wanders, and the yardstick wanders with it.
CostBaseline measured(double slower, std::uint64_t seed, double machine = 1.0) {
  randomness::Stream stream(seed, "costs");
  CostBaseline costs{.subject = "net", .conditions = "64 x 64", .provenance = kHere};
  costs.figures.counts = {{"parameters", 1000.0}, {"macs", 2e6}};
  for (const auto& round : simulated_rounds(12, slower, {}, stream)) {
    costs.figures.rounds[kYardstickMs].push_back(machine * round.baseline / 10);
    costs.figures.rounds[kLatencyMs].push_back(machine * round.candidate);
    costs.figures.rounds[kPeakMemoryBytes].push_back(3e8);
  }
  return costs;
}

std::string refusal_of(const std::string& text) {
  try {
    parse_cost_baseline(text, "costs.json");
  } catch (const GateError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(CostBaselineFile, ReadsBackWhatItWrote) {
  auto baseline = re_anchor(measured(1.0, 1), "first");
  EXPECT_EQ(parse_cost_baseline(to_json_text(baseline), "costs.json"), baseline);
  baseline.anchor.reset();
  EXPECT_EQ(parse_cost_baseline(to_json_text(baseline), "costs.json"), baseline);
}

TEST(CostBaselineFile, RefusesWhatItDoesNotUnderstandNamingThePlace) {
  const auto text = to_json_text(measured(1.0, 1));
  const auto with = [&text](const std::string& from, const std::string& to) {
    auto changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return refusal_of(changed);
  };
  EXPECT_NE(with("\"version\": 1", "\"version\": 2").find("version: expected"), std::string::npos);
  EXPECT_NE(with("bench-gate-cost", "bench-gate").find("format: expected"), std::string::npos);
  EXPECT_NE(with("\"subject\"", "\"sbject\"").find("found \"sbject\""), std::string::npos);
  EXPECT_NE(with("1000.0", "-1").find("figures.counts.parameters: expected"), std::string::npos);
  EXPECT_NE(with("300000000.0,", "").find("rounds"), std::string::npos);
}

TEST(DecideFrozen, ASlowerHourIsNoRegression) {
  const auto verdict = decide_frozen(measured(1.0, 1), measured(1.0, 2, /*machine=*/1.3));
  EXPECT_EQ(verdict.verdict, GateVerdict::kPass) << verdict.explanation;
  EXPECT_NE(verdict.explanation.find("12 rounds against as many frozen ones"), std::string::npos)
      << verdict.explanation;
  EXPECT_EQ(verdict.explanation.find("interleaved"), std::string::npos);
}

TEST(DecideFrozen, ASlowerMethodIs) {
  const auto verdict = decide_frozen(measured(1.0, 1), measured(1.5, 2, /*machine=*/0.8));
  EXPECT_EQ(verdict.verdict, GateVerdict::kRegression) << verdict.explanation;
  EXPECT_NE(verdict.explanation.find("latency_ms"), std::string::npos);
}

TEST(DecideFrozen, ACountThatRisesIsARegressionWithoutNoise) {
  auto candidate = measured(1.0, 2);
  candidate.figures.counts["macs"] = 2.2e6;
  const auto verdict = decide_frozen(measured(1.0, 1), candidate);
  EXPECT_EQ(verdict.verdict, GateVerdict::kRegression);
  EXPECT_NE(verdict.explanation.find("macs went from 2,000,000 to 2,200,000"), std::string::npos)
      << verdict.explanation;
}

TEST(DecideFrozen, InAnotherEnvironmentOnlyCountsAreJudged) {
  auto candidate = measured(2.0, 2);
  candidate.provenance.environment = "another machine";
  const auto verdict = decide_frozen(measured(1.0, 1), candidate);
  EXPECT_EQ(verdict.verdict, GateVerdict::kInconclusive);
  EXPECT_NE(verdict.explanation.find("--baseline-program"), std::string::npos);
  candidate.figures.counts["parameters"] = 2000;
  EXPECT_EQ(decide_frozen(measured(1.0, 1), candidate).verdict, GateVerdict::kRegression);
}

TEST(DecideFrozen, OtherConditionsAreRefused) {
  auto candidate = measured(1.0, 2);
  candidate.conditions = "320 x 480";
  EXPECT_THROW(decide_frozen(measured(1.0, 1), candidate), GateError);
}

TEST(DecideFrozen, SmallRisesDoNotAddUpUnseen) {
  // 4 % a step stays within the margin of 5 %; the anchor remembers the first.
  auto baseline = measured(1.0, 1);
  auto grown = measured(1.0, 1);
  for (auto& latency : grown.figures.rounds[kLatencyMs]) latency *= 1.04;
  const auto first = decide_frozen(baseline, grown);
  ASSERT_EQ(first.verdict, GateVerdict::kPass) << first.explanation;
  baseline = advance(baseline, grown, first);
  for (auto& latency : grown.figures.rounds[kLatencyMs]) latency *= 1.04;
  const auto second = decide_frozen(baseline, grown);
  EXPECT_EQ(second.verdict, GateVerdict::kRegression);
  EXPECT_NE(second.explanation.find("anchor"), std::string::npos);
  EXPECT_THROW(advance(baseline, grown, second), GateError);
  EXPECT_EQ(decide_frozen(re_anchor(grown, "bought accuracy"), grown).verdict, GateVerdict::kPass);
  EXPECT_THROW(re_anchor(grown, ""), GateError);
}

TEST(DecideFrozen, AStaleBaselineIsNamed) {
  const auto verdict = decide_frozen(measured(1.0, 1), measured(0.7, 2));
  EXPECT_EQ(verdict.verdict, GateVerdict::kPass);
  EXPECT_NE(verdict.explanation.find("update the baseline"), std::string::npos);
}

TEST(DecideInterleaved, JudgesEveryFigureAndTheGravestCounts) {
  auto slow = measured(1.0, 1);
  for (auto& latency : slow.figures.rounds[kLatencyMs]) latency *= 1.2;
  const auto verdict = decide_interleaved(measured(1.0, 1).figures, slow.figures);
  EXPECT_EQ(verdict.verdict, GateVerdict::kRegression);
  EXPECT_EQ(verdict.figures.size(), 4U);
  EXPECT_EQ(decide_interleaved({}, {}).verdict, GateVerdict::kNothingMeasured);
}

TEST(WithMoreRounds, AddsThem) {
  const auto both = with_more_rounds(measured(1.0, 1).figures, measured(1.0, 2).figures);
  EXPECT_EQ(both.rounds.at(kLatencyMs).size(), 24U);
  auto other = measured(1.0, 2).figures;
  other.rounds.erase(kPeakMemoryBytes);
  EXPECT_THROW(with_more_rounds(measured(1.0, 1).figures, other), GateError);
}

}  // namespace
}  // namespace bench::verdicts
