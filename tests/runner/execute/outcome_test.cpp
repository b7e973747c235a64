#include "runner/execute/outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "stages/exchange/result.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

using testing::HasSubstr;

TEST(Judge, CallsLostWhatCameFromOutside) {
  const tests::TemporaryFolder folder;
  for (const int signal : {SIGKILL, SIGTERM, SIGHUP, SIGINT}) {
    const auto verdict = judge({.signal = signal}, folder.path());
    EXPECT_EQ(verdict.state, StageState::kLost) << signal;
    EXPECT_THAT(verdict.reason, HasSubstr("signal " + std::to_string(signal)));
  }
  EXPECT_THAT(judge({.signal = SIGKILL}, folder.path()).reason,
              HasSubstr("may have run out of memory"));
  EXPECT_EQ(judge({.code = 130}, folder.path()).state, StageState::kLost);
}

TEST(Judge, TellsWhatRanOutOfMemory) {
  const tests::TemporaryFolder folder;
  EXPECT_TRUE(judge({.signal = SIGKILL, .out_of_memory = true}, folder.path()).out_of_memory);
  EXPECT_FALSE(judge({.signal = SIGKILL}, folder.path()).out_of_memory);
  exchange::write_failure(folder.path(), "out of memory: needed 2 GiB more");
  const auto verdict = judge({.code = 12}, folder.path());
  EXPECT_EQ(verdict.state, StageState::kFailed);
  EXPECT_TRUE(verdict.out_of_memory);
  EXPECT_EQ(verdict.reason, "out of memory: needed 2 GiB more");
  EXPECT_FALSE(judge({.code = 1}, folder.path()).out_of_memory);
}

TEST(Judge, TakesTheWordOfWhoLostTheMachine) {
  const tests::TemporaryFolder folder;
  const auto verdict = judge({.lost = "Slurm job 12_3 on n1: the node failed"}, folder.path());
  EXPECT_EQ(verdict.state, StageState::kLost);
  EXPECT_EQ(verdict.reason, "Slurm job 12_3 on n1: the node failed");
}

TEST(Judge, CallsFailedWhatTheMethodDidItself) {
  const tests::TemporaryFolder folder;
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS}) {
    EXPECT_EQ(judge({.signal = signal}, folder.path()).state, StageState::kFailed) << signal;
  }
  EXPECT_EQ(judge({.code = 1}, folder.path()).state, StageState::kFailed);
}

TEST(Judge, GivesTheStagesOwnReasonThenItsLastWords) {
  const tests::TemporaryFolder folder;
  EXPECT_EQ(judge({.code = 3}, folder.path()).reason, "exit code 3; its log is empty");
  folder.write("stage.log", "first\nterminate called\n\n");
  EXPECT_EQ(judge({.code = 3}, folder.path()).reason, "exit code 3: terminate called");
  exchange::write_failure(folder.path(), "the loss is not a number");
  EXPECT_EQ(judge({.code = 3}, folder.path()).reason, "the loss is not a number");
}

// What a stage says is shown on terminals, and kept.
TEST(Judge, LetsNoControlCharacterThrough) {
  const tests::TemporaryFolder folder;
  folder.write("stage.log", "\x1b]0;owned\a\x1b[2J\n");
  EXPECT_EQ(judge({.code = 3}, folder.path()).reason, "exit code 3: \\x1b]0;owned\\x07\\x1b[2J");
  exchange::write_failure(folder.path(), "first\nsecond \x1b[31m");
  EXPECT_EQ(judge({.code = 3}, folder.path()).reason, "first\nsecond \\x1b[31m");
}

}  // namespace
}  // namespace bench::runner
