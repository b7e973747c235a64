#include "runner/progress/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace bench::runner {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct View : testing::Test {
  View() {
    plan.stages = {{.kind = "prepare", .name = "prepare a", .estimated_seconds = 10},
                   {.kind = "train", .name = "train b", .estimated_seconds = 100},
                   {.kind = "train", .name = "train c", .estimated_seconds = 100}};
  }
  static StageOutcome outcome(StageState state, const std::string& reason = "") {
    StageOutcome outcome{.state = state, .reason = reason};
    if (state == StageState::kDone) {
      outcome.result = exchange::StageResult{.resources = {.wall_seconds = 20}};
    }
    return outcome;
  }
  // What was written since the last call.
  std::string shown() {
    const std::string text = out.str();
    out.str("");
    return text;
  }

  Plan plan;
  std::ostringstream out;
};

TEST_F(View, IsOneLineAnEventInAPipe) {
  ProgressView view(plan, {}, 2, out, 0);
  view.changed(0, outcome(StageState::kRunning));
  EXPECT_EQ(shown(), "start    prepare a  [0/3 stages, 1 running, about 1 min 45 s left]\n");
  view.changed(0, outcome(StageState::kDone));
  // 200 s estimated, two threads. The finished stage took 20 s for 10; 30 s of trust in the
  // estimate stand beside it: (20 + 30) / (10 + 30) = 1.25 times 100 s.
  EXPECT_EQ(shown(), "done     prepare a  (20 s)  [1/3 stages, 0 running, about 2 min 5 s left]\n");
  view.changed(1, outcome(StageState::kFailed, "the loss is not a number"));
  EXPECT_THAT(shown(), StartsWith("failed   train b: the loss is not a number  [1/3 stages, 0 "
                                  "running, 1 failed, about 1 min 3 s left]"));
  view.progressed(1, {.step = 1, .steps = 2});
  view.tick();
  view.clear();
  EXPECT_EQ(shown(), "");
}

TEST_F(View, SaysNothingOfWhatWasCachedBefore) {
  const std::vector<StageOutcome> known = {outcome(StageState::kCached), {}, {}};
  ProgressView view(plan, known, 1, out, 0);
  view.changed(0, outcome(StageState::kCached));
  EXPECT_EQ(shown(), "");
  view.changed(1, outcome(StageState::kCached));
  EXPECT_THAT(shown(), StartsWith("cached   train b  [2/3 stages"));
}

TEST_F(View, RedrawsAFewLinesInATerminal) {
  ProgressView view(plan, {}, 1, out, 60);
  view.changed(1, outcome(StageState::kRunning));
  EXPECT_EQ(shown(), "") << "what runs is drawn, not printed";
  view.progressed(1, {.step = 50, .steps = 100, .loss = 0.0123456, .psnr_db = 28.314});
  view.tick();
  EXPECT_EQ(
      shown(),
      "0/3 stages, 1 running, about 2 min 40 s left\n  train b  50/100  loss 0.01235  28.31 dB\n");
  view.changed(0, outcome(StageState::kDone));
  EXPECT_EQ(shown(), "\x1b[2A\x1b[Jdone     prepare a  (20 s)\n");
  view.clear();
  EXPECT_EQ(shown(), "") << "nothing is drawn";
}

TEST_F(View, DrawsSeveralTimesASecondAtMost) {
  ProgressView view(plan, {}, 1, out, 60);
  view.tick();
  EXPECT_NE(shown(), "");
  view.tick();
  EXPECT_EQ(shown(), "");
}

TEST_F(View, NeverWritesALineWiderThanTheTerminal) {
  plan.stages[1].name = std::string(300, 'x');
  ProgressView view(plan, {}, 1, out, 40);
  view.changed(1, outcome(StageState::kRunning));
  view.tick();
  std::istringstream lines(shown());
  for (std::string line; std::getline(lines, line);) EXPECT_LT(line.size(), 40U) << line;
}

TEST_F(View, SaysWhyAStageIsTriedAgain) {
  ProgressView view(plan, {}, 1, out, 0);
  view.changed(1, outcome(StageState::kQueued, "ended by signal 9; it is tried again"));
  EXPECT_THAT(shown(), HasSubstr("train b: ended by signal 9; it is tried again"));
}

}  // namespace
}  // namespace bench::runner
