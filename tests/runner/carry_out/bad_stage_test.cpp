#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "tests/runner/faked_program.h"

/// Stages that misbehave, through the real program: each is one stage in a clear state, what needs
/// nothing of it goes on, and the same command with a good program ends well.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using end_to_end::text_of;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class BadStage : public FakedProgram {
 protected:
  /// Two trainings misbehave: each ends as `state`, for a reason with these words; the evaluations
  /// are skipped, the preparation and the measurement of cost are done.
  void expect(const std::string& what, const std::string& state, const std::string& words,
              const std::vector<std::string>& options = {}) {
    misdeed(what);
    const auto ended = run("store", options);
    EXPECT_EQ(ended.exit_code, 1) << ended.output;
    EXPECT_TRUE(has(ended.output, "2 done, 0 cached, 2 " + state + ", 2 skipped")) << ended.output;
    EXPECT_TRUE(has(ended.output, words)) << ended.output;
    EXPECT_EQ(state_of_latest(), "failed");
    misdeed("");
    const auto repaired = run();
    EXPECT_EQ(repaired.exit_code, 0) << repaired.output;
    EXPECT_EQ(state_of_latest(), "done");
  }
};

TEST_F(BadStage, ThatCrashesHasFailed) {
  expect("crash", "failed", "signal 11");
}

TEST_F(BadStage, ThatEndsWellWithoutAResultHasFailed) {
  expect("no-result", "failed", "exit code 0; its log is empty");
}

TEST_F(BadStage, ThatLeavesHalfAResultHasFailed) {
  expect("half-result", "failed", "result.json is damaged");
}

TEST_F(BadStage, WhoseScoreIsNoNumberHasFailed) {
  expect("nan-result", "failed", "result.json is damaged");
}

TEST_F(BadStage, ThatScoresAnImageTwiceHasFailed) {
  expect("twice-result", "failed", "stands there twice");
}

TEST_F(BadStage, WhoseResultHasNoEndOfBracketsHasFailed) {
  expect("deep-result", "failed", "result.json is damaged");
}

TEST_F(BadStage, ThatNamesAFileOfOthersHasFailed) {
  expect("outside-result", "failed", "expected a file below the stage's folder");
}

TEST_F(BadStage, ThatRemovesItsFolderHasFailed) {
  expect("no-folder", "failed", "its log is empty");
}

TEST_F(BadStage, ThatHangsIsTimedOut) {
  expect("hang", "timed out", "took longer than ", {"--stage-timeout", "0.3s"});
}

TEST_F(BadStage, WhoseLogCommandsTheTerminalDoesNotReachIt) {
  expect("commands", "failed", R"(\x1b[2J\x1b]0;owned\x07)");
  EXPECT_FALSE(has(text_of(at("store.log")), "\x1b"));
}

// Who reads a line of 256 MiB whole needs more address space than there is here.
TEST_F(BadStage, ThatWritesALargeLogInOneLineTakesNoMemoryOfTheRun) {
  constexpr rlim_t kMemory = 384ULL << 20;
  tell_stages("FAKE_STAGE_BYTES", "268435456");
  rlimit before{};
  ::getrlimit(RLIMIT_AS, &before);
  const rlimit limit{.rlim_cur = kMemory, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_AS, &limit);
  expect("flood", "failed", "exit code 1: xxx");
  ::setrlimit(RLIMIT_AS, &before);
}

TEST_F(BadStage, WhoseEventHasNoEndIsReadAllTheSame) {
  tell_stages("FAKE_STAGE_BYTES", "33554432");
  expect("endless-event", "failed", "exit code 1");
}

TEST_F(BadStage, ThatLeavesAChildDoesNotLeaveItForLong) {
  misdeed("children");
  const auto ended = run();
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  const auto folders = stages_of("train");
  ASSERT_EQ(folders.size(), 2U);
  for (const auto& folder : folders) {
    const pid_t child = std::stoi(text_of(folder / "child"));
    EXPECT_TRUE(goes_away(child)) << child;
  }
}

TEST_F(BadStage, ThatWasStoppedIsNamedAndThenTimedOut) {
  expect("stop", "timed out", "stands still: it was stopped from outside",
         {"--stage-timeout", "1s", "--patience", "1s"});
}

TEST_F(BadStage, ThatIsDeafIsEndedAfterAWhile) {
  expect("deaf", "timed out", "took longer than ", {"--stage-timeout", "0.3s", "--patience", "1s"});
}

TEST_F(BadStage, EndsTheOthersIfSoAsked) {
  misdeed("no-result", "prepare");
  const auto ended = run("store", {"--fail-fast"});
  EXPECT_EQ(ended.exit_code, 1) << ended.output;
  EXPECT_EQ(state_of_latest(), "failed");
  EXPECT_TRUE(has(ended.output, "1 failed")) << ended.output;
}

TEST_F(BadStage, KeepsTheWholeFromEndingInTime) {
  misdeed("hang");
  const auto ended = run("store", {"--timeout", "0.5s"});
  EXPECT_EQ(ended.exit_code, 130) << ended.output;
  EXPECT_EQ(state_of_latest(), "interrupted");
  misdeed("");
  EXPECT_EQ(run().exit_code, 0);
}

TEST_F(BadStage, ATimeWithoutAUnitIsBadInput) {
  for (const char* text : {"5", "5m", "-1s", "s", "1e300h"}) {
    const auto ended = run("store", {"--timeout", text});
    EXPECT_EQ(ended.exit_code, 2) << text;
    EXPECT_TRUE(has(ended.output, "--timeout: expected a time such as 90s, 30min or 12h")) << text;
  }
  EXPECT_FALSE(fs::exists(at("store")));
}

}  // namespace
}  // namespace bench::runner
