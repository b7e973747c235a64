#include "verdicts/gate/gate_request.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "tests/verdicts/recorded_runs.h"

namespace bench::verdicts {
namespace {

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const core::BadInput& error) {
    return error.what();
  }
  return "no BadInput";
}

class GateRequestTest : public testing::Test {
 protected:
  GateOutcome judged(GateRequest request) const {
    return judge(db::RunReader(runs.database()), request);
  }
  std::string refusal(const GateRequest& request) const {
    return message_of([&] { judged(request); });
  }
  Baseline baseline_from(const std::string& run, const std::string& reason = "") const {
    return next_baseline(db::RunReader(runs.database()), runs.file("base.json"), run, {}, reason);
  }
  void store(const Baseline& baseline) const {
    files::write_file(runs.file("base.json"), to_json_text(baseline));
  }

  RecordedRuns runs;
};

TEST_F(GateRequestTest, ARunPassesAgainstItself) {
  runs.add({});
  const auto outcome = judged({.baseline = "first-run", .candidates = {"latest"}});
  EXPECT_EQ(outcome.decision.verdict, GateVerdict::kPass);
  EXPECT_EQ(exit_code(outcome.decision.verdict), 0);
  EXPECT_EQ(outcome.candidate.measured.images.size(), 12u);
  EXPECT_EQ(outcome.candidate.measured.seeds, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_F(GateRequestTest, ALossBeyondTheMarginIsARegression) {
  runs.add({});
  runs.add({.run_id = "worse", .offset_db = -0.3, .started_utc = "2026-05-02T12:00:00Z"});
  const auto outcome = judged({.baseline = "first-run", .candidates = {"worse"}});
  EXPECT_EQ(outcome.decision.verdict, GateVerdict::kRegression);
  EXPECT_EQ(exit_code(outcome.decision.verdict), 3);
  EXPECT_TRUE(outcome.wants_second);
  EXPECT_NEAR(outcome.decision.against_baseline.change, -0.3, 1e-9);
}

TEST_F(GateRequestTest, OneTrainingASideIsInconclusive) {
  runs.add({.seeds = {1}});
  const auto outcome = judged({.baseline = "first-run", .candidates = {"first-run"}});
  EXPECT_EQ(exit_code(outcome.decision.verdict), 4);
}

TEST_F(GateRequestTest, FailedEvaluationsAreNothingMeasuredWithTheirReason) {
  runs.add({});
  runs.add({.run_id = "broken", .failed = true});
  const auto outcome = judged({.baseline = "first-run", .candidates = {"broken"}});
  EXPECT_EQ(exit_code(outcome.decision.verdict), 5);
  EXPECT_NE(gate_paragraph(outcome).find("its training failed"), std::string::npos);
}

TEST_F(GateRequestTest, UnlikeProtocolsAreRefusedNamingBoth) {
  runs.add({});
  runs.add({.run_id = "other", .protocol = kSsim});
  const auto message = refusal({.baseline = "first-run", .candidates = {"other"}});
  EXPECT_NE(message.find(kPsnr), std::string::npos) << message;
  EXPECT_NE(message.find(kSsim), std::string::npos) << message;
}

TEST_F(GateRequestTest, UnlikeDataAreRefused) {
  runs.add({});
  runs.add({.run_id = "other", .data_digest = std::string(64, 'e')});
  EXPECT_NE(refusal({.baseline = "first-run", .candidates = {"other"}}).find("data"),
            std::string::npos);
}

TEST_F(GateRequestTest, OneOfSeveralContestantsMustBeNamed) {
  runs.add({.contestants = {"net", "dncnn"}});
  const auto message = refusal({.baseline = "first-run", .candidates = {"first-run"}});
  EXPECT_NE(message.find("\"net\" or \"dncnn\""), std::string::npos) << message;
  const auto misspelt = refusal(
      {.baseline = "first-run", .candidates = {"first-run"}, .choice = {.contestant = "dncn"}});
  EXPECT_NE(misspelt.find("did you mean \"dncnn\""), std::string::npos) << misspelt;
}

TEST_F(GateRequestTest, AContestantWithoutTrainingIsPairedOverImagesOnly) {
  runs.add({.seeds = {}});
  const auto outcome = judged({.baseline = "first-run", .candidates = {"first-run"}});
  EXPECT_EQ(outcome.decision.verdict, GateVerdict::kPass);
  EXPECT_EQ(outcome.baseline.seed_role, SeedRole::kEvaluationOnly);
}

TEST_F(GateRequestTest, WhatIsNotTrainedIsNotToBeMeasuredAgain) {
  runs.add({.seeds = {}});
  runs.add({.run_id = "worse", .seeds = {}, .offset_db = -0.3});
  const auto outcome = judged({.baseline = "first-run", .candidates = {"worse"}});
  EXPECT_EQ(outcome.decision.verdict, GateVerdict::kRegression);
  EXPECT_FALSE(outcome.wants_second);
  EXPECT_EQ(gate_paragraph(outcome).find("second measurement"), std::string::npos);
}

TEST_F(GateRequestTest, SeedsOfGivenWeightsOnlyDrawTheNoise) {
  runs.add({.trained = false, .seed_spread_db = 0.2});
  const auto outcome = judged({.baseline = "first-run", .candidates = {"first-run"}});
  EXPECT_EQ(outcome.baseline.seed_role, SeedRole::kEvaluationOnly);
  EXPECT_EQ(outcome.decision.verdict, GateVerdict::kPass);
  runs.add({.run_id = "trained", .seed_spread_db = 0.2});
  EXPECT_EQ(judged({.baseline = "trained", .candidates = {"trained"}}).baseline.seed_role,
            SeedRole::kIndependentTrainings);
}

TEST_F(GateRequestTest, ASecondMeasurementIsAddedOnlyWhereTheFirstIsNoPass) {
  runs.add({});
  runs.add({.run_id = "more", .seeds = {4, 5, 6}});
  EXPECT_FALSE(judged({.baseline = "first-run", .candidates = {"first-run", "more"}}).second);
  runs.add({.run_id = "one", .seeds = {7}, .seed_spread_db = 0.2});
  const auto outcome = judged({.baseline = "one", .candidates = {"one", "more"}});
  ASSERT_TRUE(outcome.second);
  EXPECT_EQ(outcome.candidate.measured.seeds, (std::vector<std::int64_t>{7, 4, 5, 6}));
}

TEST_F(GateRequestTest, ABaselineFileRoundTripsAndJudgesAsItsRun) {
  runs.add({});
  store(baseline_from("first-run"));
  const auto outcome =
      judged({.baseline = runs.file("base.json").string(), .candidates = {"first-run"}});
  EXPECT_EQ(outcome.decision.verdict, GateVerdict::kPass);
  EXPECT_EQ(outcome.baseline,
            judged({.baseline = "first-run", .candidates = {"first-run"}}).baseline);
}

TEST_F(GateRequestTest, AnotherContestantTaskOrExperimentIsRefusedUnlessAskedFor) {
  runs.add({.contestants = {"bm3d"}, .seeds = {}});
  runs.add({.run_id = "input", .contestants = {"degraded"}, .seeds = {}, .offset_db = -10.0});
  runs.add({.run_id = "elsewhere", .experiment = "other", .contestants = {"bm3d"}, .seeds = {}});
  const auto file = runs.file("base.json").string();
  store(baseline_from("input"));
  for (const auto& baseline : {file, std::string("input")}) {
    const auto message = refusal({.baseline = baseline, .candidates = {"first-run"}});
    EXPECT_NE(message.find("bm3d"), std::string::npos) << message;
    EXPECT_NE(message.find("degraded"), std::string::npos) << message;
    const auto outcome =
        judged({.baseline = baseline, .candidates = {"first-run"}, .allow_other_subject = true});
    EXPECT_EQ(outcome.decision.verdict, GateVerdict::kPass);
    EXPECT_NE(gate_paragraph(outcome).find("holds scores of degraded"), std::string::npos);
  }
  store(next_baseline(db::RunReader(runs.database()), file, "first-run",
                      {.allow_other_subject = true}, ""));
  EXPECT_NE(refusal({.baseline = file, .candidates = {"elsewhere"}}).find("experiment other"),
            std::string::npos);
  EXPECT_EQ(judged({.baseline = file, .candidates = {"first-run"}}).decision.notes.size(), 0u);
}

TEST_F(GateRequestTest, ABaselineFileIsOverwrittenByItsOwnSubjectOnly) {
  runs.add({.contestants = {"bm3d"}, .seeds = {}});
  runs.add({.run_id = "other", .contestants = {"nlm"}, .seeds = {}});
  store(baseline_from("first-run"));
  for (const std::string reason : {"", "nlm is what we gate now"}) {
    const auto message = message_of([&] { baseline_from("other", reason); });
    EXPECT_NE(message.find("--allow-other-subject"), std::string::npos) << message;
  }
  EXPECT_EQ(baseline_from("first-run", "again").subject,
            (Subject{.contestant = "bm3d", .task = "denoise", .experiment = "example"}));
}

TEST_F(GateRequestTest, ASecondMeasurementIsOfTheSameSubject) {
  runs.add({.seeds = {7}, .seed_spread_db = 0.2});
  runs.add({.run_id = "more", .contestants = {"other-net"}, .seeds = {4, 5, 6}});
  EXPECT_NE(
      refusal({.baseline = "first-run", .candidates = {"first-run", "more"}}).find("other-net"),
      std::string::npos);
}

TEST_F(GateRequestTest, AFileThatDoesNotSayWhoseItIsIsJudgedWithANote) {
  runs.add({});
  auto old = baseline_from("first-run");
  old.subject = {};
  std::string text = to_json_text(old);
  for (const std::string line :
       {"  \"contestant\": \"\",\n", "  \"task\": \"\",\n", "  \"experiment\": \"\",\n"}) {
    text.erase(text.find(line), line.size());
  }
  text.replace(text.find("\"version\": 2"), 12, "\"version\": 1");
  files::write_file(runs.file("base.json"), text);
  const auto outcome =
      judged({.baseline = runs.file("base.json").string(), .candidates = {"first-run"}});
  EXPECT_EQ(outcome.decision.verdict, GateVerdict::kPass);
  EXPECT_NE(gate_paragraph(outcome).find("does not say whose"), std::string::npos);
}

TEST_F(GateRequestTest, TheSeedRoleAskedForDecidesAlsoBesideAFile) {
  runs.add({});
  const auto file = runs.file("base.json").string();
  store(baseline_from("first-run"));
  const auto role_of = [&](const std::string& role) {
    return judged({.baseline = file, .candidates = {"first-run"}, .seed_role = role})
        .baseline.seed_role;
  };
  EXPECT_EQ(role_of(""), SeedRole::kIndependentTrainings);
  EXPECT_EQ(role_of("matched-trainings"), SeedRole::kMatchedTrainings);
  const auto misspelt =
      refusal({.baseline = file, .candidates = {"first-run"}, .seed_role = "matched-training"});
  EXPECT_NE(misspelt.find("did you mean \"matched-trainings\""), std::string::npos) << misspelt;
  const auto next = next_baseline(db::RunReader(runs.database()), file, "first-run",
                                  {.seed_role = "matched-trainings"}, "");
  EXPECT_EQ(next.seed_role, SeedRole::kMatchedTrainings);
}

// What is asked reaches the decision.
TEST_F(GateRequestTest, TheMarginAskedForDecides) {
  runs.add({});
  runs.add({.run_id = "worse", .offset_db = -0.3});
  const auto verdict = [&](const std::string& margin) {
    return judged({.baseline = "first-run", .candidates = {"worse"}, .margin = margin})
        .decision.verdict;
  };
  EXPECT_EQ(verdict("0.05dB"), GateVerdict::kRegression);
  EXPECT_EQ(verdict("1dB"), GateVerdict::kPass);
}

TEST_F(GateRequestTest, AMarginAlsoDecidesWhetherABaselineAdvances) {
  runs.add({});
  store(baseline_from("first-run"));
  runs.add({.run_id = "worse", .offset_db = -0.3});
  const auto next = [&](const std::string& margin) {
    return next_baseline(db::RunReader(runs.database()), runs.file("base.json"), "worse",
                         {.margin = margin}, "");
  };
  EXPECT_THROW(next("0.05dB"), core::BadInput);
  EXPECT_EQ(next("1dB").provenance.run, "worse");
}

TEST_F(GateRequestTest, ASecondMeasurementIsOnTheSameData) {
  runs.add({.seeds = {7}, .seed_spread_db = 0.2});
  runs.add({.run_id = "more", .seeds = {4, 5, 6}, .data_digest = std::string(64, 'e')});
  EXPECT_NE(refusal({.baseline = "first-run", .candidates = {"first-run", "more"}}).find("data"),
            std::string::npos);
}

TEST_F(GateRequestTest, SmallLossesDoNotAddUpUnseen) {
  runs.add({});
  store(baseline_from("first-run"));
  runs.add({.run_id = "step1", .offset_db = -0.025, .seed_spread_db = 0.001});
  store(baseline_from("step1"));
  runs.add({.run_id = "step2", .offset_db = -0.05, .seed_spread_db = 0.001});
  const auto outcome =
      judged({.baseline = runs.file("base.json").string(), .candidates = {"step2"}});
  EXPECT_EQ(outcome.decision.against_baseline.verdict, GateVerdict::kPass);
  EXPECT_EQ(outcome.decision.verdict, GateVerdict::kRegression);
}

TEST_F(GateRequestTest, ALossIsAcceptedWithAReasonOnly) {
  runs.add({});
  store(baseline_from("first-run"));
  runs.add({.run_id = "worse", .offset_db = -0.3});
  EXPECT_NE(message_of([&] { baseline_from("worse"); }).find("--reason"), std::string::npos);
  EXPECT_EQ(baseline_from("worse", "half the time").anchor->reason, "half the time");
}

TEST_F(GateRequestTest, TheFactsAreJson) {
  runs.add({});
  const auto facts = nlohmann::json::parse(
      gate_json(judged({.baseline = "first-run", .candidates = {"first-run"}})));
  EXPECT_EQ(facts.at("verdict"), "pass");
  EXPECT_EQ(facts.at("exit_code"), 0);
  EXPECT_EQ(facts.at("protocol"), kPsnr);
  EXPECT_EQ(facts.at("against_baseline").at("images"), 12);
}

TEST(MarginInUnit, TakesTheUnitOfTheScoresOnly) {
  EXPECT_DOUBLE_EQ(margin_in_unit("0.1dB", "dB"), 0.1);
  EXPECT_DOUBLE_EQ(margin_in_unit("0.1 dB", "dB"), 0.1);
  EXPECT_DOUBLE_EQ(margin_in_unit("", "dB"), 0.05);
  EXPECT_DOUBLE_EQ(margin_in_unit("0.001", ""), 0.001);
  for (const char* wrong : {"0.1ms", "-1", "0", "dB", "nan"}) {
    EXPECT_THROW(margin_in_unit(wrong, "dB"), core::BadInput) << wrong;
  }
  EXPECT_THROW(margin_in_unit("", ""), core::BadInput);
  EXPECT_THROW(margin_in_unit("0.1dB", ""), core::BadInput);
}

}  // namespace
}  // namespace bench::verdicts
