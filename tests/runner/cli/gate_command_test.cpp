#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.h"

namespace bench::end_to_end {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const char* const kExperiment = R"json({
  "name": "gated", "title": "t", "question": "q", "seeds": [1, 2, 3], "profile": "quick",
  "tasks": [{"id": "denoise", "channels": 1, "degradation": {"kind": "gaussian", "sigma": 25}}],
  "contestants": [{"id": "net", "kind": "architecture", "architecture": "all-fusion"}],
  "protocols": ["psnr(space=rgb,round=none,crop=0,agg=image-mean)"],
  "profiles": {
  "quick" : {
    "data" : {
      "denoise" : {
        "train" : {"set" : "embedded-leaves", "split" : "train", "count" : 8},
        "test" : [ {"set" : "embedded-leaves", "split" : "test", "count" : 2} ]
      }
    },
             "space" : {"channels" : [ 4, 8 ], "modules" : [ 1, 2 ], "initialization" : "kaiming"},
                       "train" : {"steps" : 3, "batch" : 2, "patch" : 16},
                                 "keep_images" : 0
  }
}
})json";

/// The real program, with stages that score what the test says (fake_stage.cpp).
class GateProgram : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "/bench-gate-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(folder_ / "gated.json") << kExperiment;
    ::setenv("BENCH_STAGE_PROGRAM", FAKE_STAGE_PROGRAM, 1);
    stages({});
  }
  void TearDown() override {
    ::unsetenv("BENCH_STAGE_PROGRAM");
    stages({});
    fs::remove_all(folder_);
  }

  struct Stages {
    const char* offset_db = "0";
    const char* spread_db = "0.002";
    const char* fails = "";
    const char* interrupts = "";
  };
  /// How the stages of the runs from here on behave.
  static void stages(const Stages& wanted) {
    ::setenv("FAKE_STAGE_OFFSET_DB", wanted.offset_db, 1);
    ::setenv("FAKE_STAGE_SPREAD_DB", wanted.spread_db, 1);
    ::setenv("FAKE_STAGE_FAILS", wanted.fails, 1);
    ::setenv("FAKE_STAGE_INTERRUPTS", wanted.interrupts, 1);
  }

  Ended bench(const std::vector<std::string>& arguments) const {
    return Program(arguments, folder_ / "log").wait();
  }
  Ended run(const std::string& store, const std::string& seeds = "1,2,3") const {
    return bench({"run", file("gated.json"), "--store", file(store), "--report",
                  file(store + "-report"), "--threads", "2", "--seeds", seeds});
  }
  void write_baseline() const {
    ASSERT_EQ(run("old").exit_code, 0);
    const auto written = bench({"gate", "--store", file("old"), "--write-baseline",
                                file("baseline.json"), "--from", "latest"});
    ASSERT_EQ(written.exit_code, 0) << written.output;
  }
  Ended gate(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {
        "gate",        "--store", file("new"), "--baseline",     file("baseline.json"),
        "--candidate", "latest",  "--output",  file("gate.json")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return bench(arguments);
  }
  std::size_t recorded_runs() const {
    return json::parse(bench({"ls", "--store", file("new"), "--json"}).output).size();
  }
  json facts() const { return json::parse(text_of(folder_ / "gate.json")); }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
};

TEST_F(GateProgram, AnEqualRunPasses) {
  write_baseline();
  ASSERT_EQ(run("new").exit_code, 0);
  const auto ended = gate();
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(facts().at("verdict"), "pass");
}

TEST_F(GateProgram, ALossIsThree) {
  write_baseline();
  stages({.offset_db = "-0.3"});
  ASSERT_EQ(run("new").exit_code, 0);
  const auto ended = gate();
  EXPECT_EQ(ended.exit_code, 3) << ended.output;
  EXPECT_EQ(facts().at("exit_code"), 3);
}

TEST_F(GateProgram, TooLittleIsFour) {
  write_baseline();
  stages({.spread_db = "0.2"});
  ASSERT_EQ(run("new").exit_code, 0);
  const auto ended = gate();
  EXPECT_EQ(ended.exit_code, 4) << ended.output;
  EXPECT_NE(ended.output.find("Inconclusive"), std::string::npos) << ended.output;
}

TEST_F(GateProgram, NothingMeasuredIsFiveAndSaysWhy) {
  write_baseline();
  stages({.fails = "evaluate"});
  ASSERT_EQ(run("new").exit_code, 1);
  const auto ended = gate();
  EXPECT_EQ(ended.exit_code, 5) << ended.output;
  EXPECT_NE(ended.output.find("the test wants it to fail"), std::string::npos) << ended.output;
}

TEST_F(GateProgram, AMissingBaselineIsTwo) {
  ASSERT_EQ(run("new").exit_code, 0);
  EXPECT_EQ(gate().exit_code, 2);
}

// Two seeds far apart cannot tell; two more, which the gate measures itself, can.
TEST_F(GateProgram, RemeasuringAddsSeedsOfItsOwn) {
  write_baseline();
  stages({.spread_db = "0.04"});
  ASSERT_EQ(run("new", "1,2").exit_code, 0);
  ASSERT_EQ(gate().exit_code, 4) << "else there is nothing to measure again for";
  EXPECT_TRUE(facts().at("second_measurement").at("wanted"));
  stages({});
  const auto ended = gate({"--remeasure"});
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(facts().at("candidate").at("seeds"), json({1, 2, 3, 4}));
  EXPECT_NE(facts().at("second_measurement").at("run"), facts().at("candidate").at("name"));
}

TEST_F(GateProgram, ThreadsAreOfWhatIsMeasuredAgain) {
  write_baseline();
  stages({.spread_db = "0.04"});
  ASSERT_EQ(run("new", "1,2").exit_code, 0);
  const auto alone = gate({"--threads", "1"});
  EXPECT_EQ(alone.exit_code, 2) << alone.output;
  EXPECT_NE(alone.output.find("--remeasure"), std::string::npos) << alone.output;
  stages({});
  EXPECT_EQ(gate({"--remeasure", "--threads", "1"}).exit_code, 0);
}

TEST_F(GateProgram, RemeasuringDoesNotExcuseALoss) {
  write_baseline();
  stages({.offset_db = "-0.3"});
  ASSERT_EQ(run("new").exit_code, 0);
  const auto ended = gate({"--remeasure"});
  EXPECT_EQ(ended.exit_code, 3) << ended.output;
  EXPECT_EQ(recorded_runs(), 2u);
}

// What has finished by then would be judged as if it were all.
TEST_F(GateProgram, ASecondMeasurementThatDoesNotFinishIsNotJudged) {
  write_baseline();
  stages({.spread_db = "0.04"});
  ASSERT_EQ(run("new", "1,2").exit_code, 0);
  stages({.interrupts = "train"});
  const auto interrupted = gate({"--remeasure"});
  EXPECT_EQ(interrupted.exit_code, 130) << interrupted.output;
  EXPECT_FALSE(fs::exists(folder_ / "gate.json"));

  stages({.spread_db = "0.04"});
  ASSERT_EQ(run("new", "1,2").exit_code, 0);  // the latest again
  stages({.fails = "evaluate"});
  const auto failed = gate({"--remeasure"});
  EXPECT_EQ(failed.exit_code, 1) << failed.output;
  EXPECT_NE(failed.output.find("nothing is judged"), std::string::npos) << failed.output;
  EXPECT_FALSE(fs::exists(folder_ / "gate.json"));
}

TEST_F(GateProgram, OptionsWithoutEffectAreRefused) {
  write_baseline();
  const auto reason = gate({"--reason", "because"});
  EXPECT_EQ(reason.exit_code, 2) << reason.output;
  for (const std::string option : {"--remeasure", "--json"}) {
    const auto ended = bench({"gate", "--store", file("old"), "--write-baseline",
                              file("other.json"), "--from", "latest", option});
    EXPECT_EQ(ended.exit_code, 2) << option;
    EXPECT_NE(ended.output.find(option), std::string::npos) << ended.output;
  }
}

TEST_F(GateProgram, APassIsNotMeasuredAgain) {
  write_baseline();
  ASSERT_EQ(run("new").exit_code, 0);
  EXPECT_EQ(gate({"--remeasure"}).exit_code, 0);
  EXPECT_EQ(recorded_runs(), 1u);
}

}  // namespace
}  // namespace bench::end_to_end
