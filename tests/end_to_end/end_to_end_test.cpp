#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <csignal>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/end_to_end/program.h"
#include "tests/temporary_folder.h"

namespace bench::end_to_end {
namespace {

namespace fs = std::filesystem;

/// A folder of its own with a store and a report in it.
class EndToEnd : public testing::Test {
 protected:
  void SetUp() override { ::unsetenv("BENCH_STAGE_PROGRAM"); }

  Program start(const std::string& name, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"run",       BENCH_TINY_EXPERIMENT,
                                          "--store",   (folder_ / name).string(),
                                          "--report",  (folder_ / (name + "-report")).string(),
                                          "--threads", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return {arguments, folder_ / (name + ".log")};
  }

  Ended run(const std::string& name, std::vector<std::string> more = {}) const {
    return start(name, std::move(more)).wait();
  }

  fs::path report(const std::string& name) const { return folder_ / (name + "-report"); }

  /// Every file of a folder with its content.
  static std::map<std::string, std::string> files_of(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) {
        files[fs::relative(entry.path(), folder).string()] = text_of(entry.path());
      }
    }
    return files;
  }

  /// Waits until a training of the store says how far it is.
  void wait_for_a_training(const std::string& name) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    while (std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      std::error_code error;
      for (fs::recursive_directory_iterator it(folder_ / name / "store", error), end;
           !error && it != end; it.increment(error)) {
        const bool is_training =
            it->path().filename() == "events.jsonl" &&
            text_of(it->path().parent_path() / "request.json").find("\"train\"") !=
                std::string::npos;
        if (is_training && text_of(it->path()).find("progress") != std::string::npos) return;
      }
    }
    FAIL() << "no training began";
  }

  const tests::TemporaryFolder scratch_;
  const fs::path& folder_ = scratch_.path();
};

TEST_F(EndToEnd, ASecondRunDoesNothingAndWritesTheSameReport) {
  const auto first = run("store");
  ASSERT_EQ(first.exit_code, 0) << first.output;
  const auto before = files_of(report("store"));

  const auto second = run("store");

  EXPECT_EQ(second.exit_code, 0);
  EXPECT_NE(second.output.find("stages cached"), std::string::npos) << second.output;
  EXPECT_EQ(files_of(report("store")), before);
  EXPECT_TRUE(before.contains("index.html"));
}

TEST_F(EndToEnd, AKilledRunGoesOnAndEndsWithTheScoresOfAnUndisturbedOne) {
  ASSERT_EQ(run("undisturbed").exit_code, 0);
  auto killed = start("killed");
  wait_for_a_training("killed");
  killed.send(SIGKILL);
  EXPECT_EQ(killed.wait().exit_code, 128 + SIGKILL);

  const auto resumed = run("killed");

  ASSERT_EQ(resumed.exit_code, 0) << resumed.output;
  EXPECT_EQ(text_of(report("killed") / "scores.csv"),
            text_of(report("undisturbed") / "scores.csv"));
  EXPECT_GT(text_of(report("killed") / "scores.csv").size(), 200U);
}

TEST_F(EndToEnd, AnInterruptedRunSaysSoAndGoesOn) {
  auto interrupted = start("store");
  wait_for_a_training("store");
  interrupted.send(SIGINT);
  const auto ended = interrupted.wait();
  EXPECT_EQ(ended.exit_code, 130) << ended.output;
  EXPECT_NE(ended.output.find("same command resumes"), std::string::npos) << ended.output;

  EXPECT_EQ(run("store").exit_code, 0);
}

TEST_F(EndToEnd, AStageThatFailsIsNamedAndTheRestIsReported) {
  ::setenv("BENCH_STAGE_PROGRAM", "/bin/false", 1);
  const auto failed = run("store");
  ::unsetenv("BENCH_STAGE_PROGRAM");
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_NE(failed.output.find("failed   prepare denoise"), std::string::npos) << failed.output;
  EXPECT_NE(text_of(report("store") / "report.md").find("failed"), std::string::npos);
}

TEST_F(EndToEnd, TheDoctorAsksLibTorchItself) {
  const auto doctor = Program({"doctor", "--json"}, folder_ / "doctor.log").wait();
  ASSERT_EQ(doctor.exit_code, 0) << doctor.output;
  const auto facts = nlohmann::json::parse(doctor.output);
  EXPECT_EQ(facts.at("LibTorch built with")
                .get<std::string>()
                .rfind(facts.at("LibTorch").get<std::string>(), 0),
            0U)
      << facts;
  EXPECT_NE(facts.at("LibTorch CPU capability"), "");
}

TEST_F(EndToEnd, BadInputEndsWithTwoAndCreatesNothing) {
  const auto ended = run("store", {"--set", "profiles.quick.train.stesp=3"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_NE(ended.output.find("did you mean \"steps\""), std::string::npos) << ended.output;
  EXPECT_FALSE(fs::exists(folder_ / "store"));
  EXPECT_FALSE(fs::exists(report("store")));
}

TEST_F(EndToEnd, AnIntervalOfCheckpointsWithoutAKnownUnitIsBadInput) {
  const auto ended = run("store", {"--checkpoint-every", "5m"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_NE(ended.output.find("--checkpoint-every: expected a positive number with a unit"),
            std::string::npos)
      << ended.output;
  EXPECT_FALSE(fs::exists(folder_ / "store"));
}

}  // namespace
}  // namespace bench::end_to_end
