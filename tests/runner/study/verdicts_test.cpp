#include "runner/study/verdicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace bench::runner {
namespace {

using testing::HasSubstr;

const char* const kPsnr = "psnr(space=rgb,round=none,crop=0,agg=image-mean)";
const char* const kMae = "mae(space=rgb,round=none,crop=0,agg=image-mean)";

struct Verdicts : testing::Test {
  // Ten images, those of `contestant` higher by `gain` and a little unlike each other.
  void add_scores(const std::string& contestant, double gain, std::int64_t seed = 1,
                  const char* protocol = kPsnr) {
    for (int i = 0; i < 10; ++i) {
      study.scores.push_back({contestant, "denoise", "set12", std::to_string(i) + ".png", seed,
                              protocol, 30 + i + gain * (1 + 0.01 * i), "key"});
    }
  }
  reports::ClaimVerdict verdict_on(Claim claim) {
    experiment.claims = {std::move(claim)};
    return verdicts(experiment, profile, study).at(0);
  }
  static Claim better(const char* protocol = kPsnr) {
    return {.id = "c",
            .kind = "better",
            .contestant = "a",
            .other = "b",
            .task = "denoise",
            .protocol = protocol};
  }

  // As read: its numbers are judged with the digits that are printed.
  static Claim value(const std::string& published) {
    return {.id = "c",
            .published = published,
            .kind = "value",
            .contestant = "a",
            .task = "denoise",
            .protocol = kPsnr,
            .value = std::stod(published)};
  }

  // Images are taken as found, so that protocols are those of the experiment.
  Experiment experiment{
      .tasks = {{.id = "denoise", .degradation = {.kind = "rain", .sigma_8bit = 25}}},
      .contestants = {{.id = "a", .kind = ContestantKind::kClassical}},
      .protocols = {kPsnr}};
  Profile profile{.name = "paper",
                  .data = {{"denoise", {.test = {{.set = "set12", .split = "test"}}}}},
                  .tests_claims = true};
  reports::Study study;
};

TEST_F(Verdicts, TellABetterFromAWorseContestant) {
  add_scores("a", 0.5);
  add_scores("b", 0);
  EXPECT_EQ(verdict_on(better()).verdict, "reproduced");
  auto claim = better();
  std::swap(claim.contestant, claim.other);
  EXPECT_EQ(verdict_on(claim).verdict, "contradicted");
}

// Every image says the same of each pair of trainings, but the trainings do not agree.
TEST_F(Verdicts, AnOrderThatAnotherTrainingMayTurnIsSeedNoise) {
  experiment.contestants.push_back({.id = "b", .kind = ContestantKind::kNetwork});
  experiment.contestants.at(0).kind = ContestantKind::kNetwork;
  const std::vector<double> gains = {0.9, 0.1, -0.3};
  for (std::int64_t seed = 1; seed <= 3; ++seed) {
    add_scores("a", gains[static_cast<std::size_t>(seed - 1)], seed);
    add_scores("b", 0, seed);
  }
  EXPECT_EQ(verdict_on(better()).verdict, "within seed noise");
  for (auto& score : study.scores) {
    if (score.contestant == "a") score.value += 5;
  }
  EXPECT_EQ(verdict_on(better()).verdict, "reproduced");
}

TEST_F(Verdicts, KnowThatASmallErrorIsGood) {
  add_scores("a", 0.5, 1, kMae);
  add_scores("b", 0, 1, kMae);
  EXPECT_EQ(verdict_on(better(kMae)).verdict, "contradicted");
}

// Two searches may find the same architecture: then one training gives all scores.
TEST_F(Verdicts, CannotTellEqualContestantsApart) {
  add_scores("a", 0);
  add_scores("b", 0);
  EXPECT_EQ(verdict_on(better()).verdict, "within seed noise");
}

TEST_F(Verdicts, LeaveInfiniteScoresOut) {
  add_scores("a", 0.5);
  add_scores("b", 0);
  study.scores[0].value = std::numeric_limits<double>::infinity();
  const auto verdict = verdict_on(better());
  EXPECT_EQ(verdict.verdict, "reproduced");
  EXPECT_THAT(verdict.measured, HasSubstr("n = 9 images"));
}

TEST_F(Verdicts, CompareOnlyOneTaskAndProtocol) {
  add_scores("a", 0.5, 1, kMae);
  add_scores("b", 0);
  EXPECT_EQ(verdict_on(better()).verdict, "not testable here");
}

TEST_F(Verdicts, JudgeAValueAsItsSourceRounds) {
  // Means over images 34.5 + 1.045 gain; over the two seeds 34.5.
  experiment.contestants.at(0).kind = ContestantKind::kNetwork;  // trained under each seed
  add_scores("a", 0.01, 1);
  add_scores("a", -0.01, 2);
  auto claim = value("34.50");
  EXPECT_EQ(verdict_on(claim).verdict, "reproduced");
  EXPECT_EQ(verdict_on(claim).measured, "34.50");
  EXPECT_EQ(verdict_on(claim).difference, "+0.000");
  claim = value("34.508");
  EXPECT_EQ(verdict_on(claim).verdict, "within seed noise");
  EXPECT_EQ(verdict_on(claim).difference, "-0.0080");
  EXPECT_EQ(verdict_on(value("40.0")).verdict, "contradicted");
}

TEST_F(Verdicts, OneTrainingHasNoSpread) {
  add_scores("a", 0.5);
  add_scores("b", 0);
  EXPECT_EQ(verdict_on(value("40.0")).verdict, "contradicted") << "an algorithm on given images";
  EXPECT_EQ(verdict_on(better()).verdict, "reproduced");
  experiment.contestants.at(0).kind = ContestantKind::kNetwork;
  EXPECT_EQ(verdict_on(value("40.0")).verdict, "not testable here");
  EXPECT_EQ(verdict_on(better()).verdict, "not testable here");
  EXPECT_THAT(verdict_on(better()).reason, HasSubstr("one seed"));
}

TEST_F(Verdicts, SpeakOfOneTestSet) {
  add_scores("a", 0);
  study.scores.push_back({"a", "denoise", "bsd68", "1.png", 1, kPsnr, 20, "key"});
  EXPECT_EQ(verdict_on(value("34.50")).verdict, "contradicted") << "the mean of both sets";
  auto claim = value("34.50");
  claim.set = "set12";
  EXPECT_EQ(verdict_on(claim).verdict, "reproduced");
}

// What differs is named, and a number of the claim's own set and protocol is shown all the same.
TEST_F(Verdicts, AreNoneWhereAnythingDiffers) {
  add_scores("a", 0);
  const auto expect_none = [&](const Claim& claim, const char* reason, const char* measured) {
    const auto verdict = verdict_on(claim);
    EXPECT_EQ(verdict.verdict, "not testable here") << reason;
    EXPECT_THAT(verdict.reason, HasSubstr(reason));
    EXPECT_EQ(verdict.measured, measured) << reason;
  };
  auto claim = value("34.50");
  claim.set = "set12";
  claim.split = "all";
  expect_none(claim, "published on split all of set12, measured on split test", "34.50");
  claim.split = "test";
  claim.sigma_8bit = 50;
  expect_none(claim, "published at sigma 50, measured at sigma 25", "34.50");
  claim.sigma_8bit = 25;
  EXPECT_EQ(verdict_on(claim).verdict, "reproduced");
  claim.protocol = kMae;
  expect_none(claim, "mae(space=rgb", "");
  claim.protocol = kPsnr;
  claim.set = "bsd68";
  expect_none(claim, "not evaluated on bsd68", "");
  claim.set = "set12";
  profile.data.at("denoise").test.at(0).count = 3;
  expect_none(claim, "only the first 3 images of set12", "34.50");
}

TEST_F(Verdicts, CountTheModulesThatDiffer) {
  study.architectures = {{"a", "denoise", 1, "PF|FF", "k"},
                         {"b", "derain", 1, "PF|PP", "k"},
                         {"a", "denoise", 2, "PP|FF", "k"}};
  const Claim claim{.id = "c", .kind = "distance", .contestant = "a", .other = "b", .value = 0.5};
  const auto verdict = verdict_on(claim);
  EXPECT_EQ(verdict.measured, "2.0 of 4 modules (mean of 1 seed)");
  EXPECT_EQ(verdict.verdict, "within seed noise");
}

TEST_F(Verdicts, StayUntestableWhereTheExperimentSaysSo) {
  add_scores("a", 0.5);
  add_scores("b", 0);
  auto claim = better();
  claim.why_not = "other data";
  EXPECT_EQ(verdict_on(claim).verdict, "not testable here");
  EXPECT_EQ(verdict_on(claim).reason, "other data");
  EXPECT_NE(verdict_on(claim).measured, "") << "what was measured is shown";
  profile.tests_claims = false;
  EXPECT_EQ(verdict_on(better()).verdict, "not testable here");
  EXPECT_THAT(verdict_on(better()).reason, HasSubstr("profile \"paper\""));
}

}  // namespace
}  // namespace bench::runner
