#include "verdicts/gate/cost_gate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "runner/cost/cost_rounds.h"
#include "runner/cost/yardstick.h"
#include "verdicts/compare/measured_scores.h"

namespace bench::verdicts {
namespace {

/// 10 rounds of a made-up method that takes `factor` times as long as it should.
CostBaseline costs(double factor) {
  CostBaseline measured{
      .subject = "net",
      .conditions = "64 x 64",
      .provenance = {"bench gate cost net", "abc", "none", "here", "", "2026-05-01"}};
  measured.figures.counts["parameters"] = 1000;
  for (int round = 0; round < 10; ++round) {
    const double noise = 1.0 + 0.01 * ((round * 7) % 5 - 2);
    measured.figures.rounds[kYardstickMs].push_back(2.0);
    measured.figures.rounds[kLatencyMs].push_back(20.0 * factor * noise);
  }
  return measured;
}

class CostGateTest : public testing::Test {
 protected:
  CostGateTest()
      : file_(std::filesystem::path(testing::TempDir()) /
              ("bench_costs_" + std::to_string(::getpid()) + ".json")) {
    files::write_file(file_, to_json_text(costs(1.0)));
  }
  ~CostGateTest() override { std::filesystem::remove(file_); }

  CostGateOutcome judged(const std::vector<double>& factors, bool remeasure) {
    measurements_ = 0;
    return *judge_costs({.baseline_file = file_, .remeasure = remeasure}, [&] {
      const auto turn = std::min(measurements_++, factors.size() - 1);
      return std::optional<MeasuredCosts>(MeasuredCosts{.candidate = costs(factors[turn])});
    });
  }

  std::filesystem::path file_;
  std::size_t measurements_ = 0;
};

TEST_F(CostGateTest, APassIsMeasuredOnce) {
  const auto outcome = judged({1.0}, /*remeasure=*/true);
  EXPECT_EQ(outcome.verdict.verdict, GateVerdict::kPass) << cost_gate_paragraph(outcome);
  EXPECT_EQ(measurements_, 1U);
  EXPECT_FALSE(outcome.was_measured_again);
}

TEST_F(CostGateTest, ASlowMethodStaysSlowWhenMeasuredAgain) {
  const auto outcome = judged({1.3}, /*remeasure=*/true);
  EXPECT_EQ(outcome.verdict.verdict, GateVerdict::kRegression);
  EXPECT_EQ(measurements_, 2U);
  EXPECT_EQ(outcome.measured.candidate.figures.rounds.at(kLatencyMs).size(), 20U);
  const auto facts = nlohmann::json::parse(cost_gate_json(outcome));
  EXPECT_EQ(facts.at("exit_code"), 3);
  EXPECT_EQ(facts.at("measured_again"), true);
}

TEST_F(CostGateTest, WithoutRemeasureItIsMeasuredOnce) {
  judged({1.3}, /*remeasure=*/false);
  EXPECT_EQ(measurements_, 1U);
}

TEST_F(CostGateTest, ABaselineAdvancesOnAPassOrWithAReason) {
  EXPECT_EQ(next_cost_baseline("no-such-file.json", costs(1.0), "5%", "").anchor, std::nullopt);
  EXPECT_EQ(next_cost_baseline(file_, costs(1.01), "5%", "").anchor->reason, kFirstAnchorReason);
  EXPECT_THROW(next_cost_baseline(file_, costs(1.3), "5%", ""), core::BadInput);
  EXPECT_EQ(next_cost_baseline(file_, costs(1.3), "5%", "bought accuracy").anchor->reason,
            "bought accuracy");
}

TEST_F(CostGateTest, AFileOfSomethingElseIsBadInput) {
  CostGateRequest request{.baseline_file = "no-such-file.json"};
  const auto never = []() -> std::optional<MeasuredCosts> {
    ADD_FAILURE() << "measured before the file was read";
    return std::nullopt;
  };
  EXPECT_THROW(judge_costs(request, never), core::BadInput);
  request.baseline_file = file_;
  EXPECT_THROW(judge_costs(request,
                           [] {
                             auto other = costs(1.0);
                             other.subject = "another";
                             return std::optional<MeasuredCosts>(MeasuredCosts{.candidate = other});
                           }),
               core::BadInput);
}

TEST(MarginAsShare, TakesPercentAndShares) {
  EXPECT_DOUBLE_EQ(margin_as_share("5%"), 0.05);
  EXPECT_DOUBLE_EQ(margin_as_share("0.1"), 0.1);
  for (const char* bad : {"", "5dB", "-1%", "0", "x"}) {
    EXPECT_THROW(margin_as_share(bad), core::BadInput) << bad;
  }
}

TEST(CostRounds, SidesAlternateAndEachRoundHasItsYardstick) {
  std::string order;
  const auto side = [&order](char name, double milliseconds) -> runner::MeasureOnce {
    return [&order, name, milliseconds] {
      order.push_back(name);
      metrics::ComplexityRecord record{.parameters = 7, .peak_memory_bytes = 0};
      record.latency_ms = {milliseconds, 3 * milliseconds, milliseconds};
      return std::optional(record);
    };
  };
  const auto figures = runner::cost_rounds({side('a', 2.0), side('b', 4.0)}, 3, [] { return 5.0; });
  ASSERT_TRUE(figures);
  EXPECT_EQ(order, "abbaab");
  EXPECT_EQ(figures->at(0).rounds.at(kLatencyMs), std::vector<double>(3, 2.0));
  EXPECT_EQ(figures->at(1).rounds.at(kLatencyMs), std::vector<double>(3, 4.0));
  EXPECT_EQ(figures->at(1).rounds.at(kYardstickMs), std::vector<double>(3, 5.0));
  EXPECT_EQ(figures->at(0).counts.at("parameters"), 7.0);
  // No memory was taken: there is no figure to compare.
  EXPECT_FALSE(figures->at(0).rounds.contains(kPeakMemoryBytes));
}

TEST(CostRounds, AnInterruptedMeasurementIsNone) {
  EXPECT_EQ(runner::cost_rounds({[] { return std::optional<metrics::ComplexityRecord>(); }}, 3,
                                [] { return 1.0; }),
            std::nullopt);
}

TEST(Yardstick, TakesTime) {
  EXPECT_GT(runner::yardstick_ms(), 0.0);
}

}  // namespace
}  // namespace bench::verdicts
