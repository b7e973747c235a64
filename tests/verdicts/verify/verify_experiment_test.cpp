#include "verdicts/verify/verify_experiment.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/files/write_file.h"
#include "tests/verdicts/recorded_runs.h"

namespace bench::verdicts {
namespace {

const char* const kText = R"json({
  "name": "example", "title": "t", "question": "q", "seeds": [1], "profile": "quick",
  "tasks": [{"id": "denoise", "degradation": {"kind": "gaussian", "sigma": 25}}],
  "contestants": [{"id": "net", "kind": "classical", "method": "bm3d"}],
  "protocols": ["psnr(space=rgb,round=none,crop=0,agg=image-mean)"],
  "profiles": {"quick": {"data": {"denoise": {"test": [{"set": "set12"}]}}, "tests_claims": true}},
  "claims": [
    {"from": "claims/a.json", "id": "good", "contestant": "net", "task": "denoise"},
    {"from": "claims/a.json", "id": "other-noise", "contestant": "net", "task": "denoise"},
    {"id": "own", "statement": "s", "source": "a paper", "published": "31.0", "kind": "value",
     "contestant": "net", "task": "denoise", "value": 31,
     "protocol": "psnr(space=rgb,round=none,crop=0,agg=image-mean)"}
  ]
})json";

std::string claim(const std::string& id, int sigma) {
  return R"({"id": ")" + id + R"(", "statement": "s", "kind": "value", "published": "29.85",
    "metric": "psnr", "protocol": "awgn-float", "data_set": "set12", "split": "test",
    "sigma_8bit": )" +
         std::to_string(sigma) + R"(, "method": "bm3d", "seeds": "not stated", "source": "README",
    "certainty": "verified"})";
}

class VerifyExperiment : public testing::Test {
 protected:
  VerifyExperiment() {
    std::filesystem::create_directories(runs.file("claims"));
    files::write_file(runs.file("claims/a.json"), R"({"title": "t", "claims": [)" +
                                                      claim("good", 25) + "," +
                                                      claim("other-noise", 50) + "]}");
    files::write_file(runs.file("x.json"), kText);
  }
  std::vector<JudgedClaim> judged() const {
    return judge_experiment(runner::read_experiment(runs.file("x.json")), runs.file(""));
  }

  RecordedRuns runs;
};

TEST_F(VerifyExperiment, WithoutARunNothingCanBeTested) {
  const auto all = judged();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(verify_exit_code(all), 5);
  EXPECT_NE(all[0].reason.find("bench run"), std::string::npos) << all[0].reason;
}

TEST_F(VerifyExperiment, ARunOfAnotherTextIsNone) {
  runs.add({.experiment_text = std::string(kText) + "\n"});
  EXPECT_EQ(verify_exit_code(judged()), 5);
}

TEST_F(VerifyExperiment, ARunThatWasChangedIsNone) {
  runs.add({.overrides = {"profiles.quick.keep_images=0"}, .experiment_text = kText});
  EXPECT_EQ(verify_exit_code(judged()), 5);
}

// Images are 26 + 0.7 i for i of 0 to 11: mean 29.85.
TEST_F(VerifyExperiment, JudgesByTheRunOfItsText) {
  runs.add({.seeds = {},
            .seed_spread_db = 0,
            .protocol = "psnr(space=rgb,round=none,crop=0,agg=image-mean,noise=awgn-float)",
            .data_set = "set12",
            .experiment_text = kText});
  const auto all = judged();
  EXPECT_EQ(all[0].verdict, Verdict::kReproduced) << all[0].reason;
  EXPECT_EQ(all[0].measured, "29.85");
  EXPECT_NE(all[0].reason.find("first-run"), std::string::npos);
  EXPECT_EQ(all[0].claim.certainty, Certainty::kVerified);
  EXPECT_EQ(all[1].verdict, Verdict::kNotTestable);
  EXPECT_NE(all[1].reason.find("sigma 50"), std::string::npos) << all[1].reason;
  EXPECT_EQ(all[2].verdict, Verdict::kNotTestable) << "more than a decibel away, in one draw";
  EXPECT_NE(all[2].reason.find("one draw"), std::string::npos) << all[2].reason;
  EXPECT_EQ(verify_exit_code(all), 0);
}

}  // namespace
}  // namespace bench::verdicts
