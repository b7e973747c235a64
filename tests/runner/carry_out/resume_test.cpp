#include <csignal>
#include <fstream>

#include "tests/runner/faked_program.h"

/// What goes on where a run was left, and what of it.
namespace bench::runner {
namespace {

using end_to_end::text_of;
using nlohmann::json;

class Resume : public FakedProgram {
 protected:
  Ended resume(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"resume"});
    more.insert(more.end(), {"--report", at("store-report").string()});
    return bench(more);
  }
  json runs() const { return json::parse(bench({"ls", "--json"}).output); }
};

TEST_F(Resume, GoesOnWithARunThatWasInterrupted) {
  tell_stages("FAKE_STAGE_STEP_MS", "50");
  auto program = start("store", {"--seeds", "1,2,3"});
  wait_for_a_training();
  program.send(SIGTERM);
  ASSERT_EQ(program.wait().exit_code, 130);
  tell_stages("FAKE_STAGE_STEP_MS", "0");
  const auto ended = resume();
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  ASSERT_EQ(runs().size(), 1U) << "no other run";
  EXPECT_EQ(runs()[0].at("state"), "done");
  EXPECT_EQ(stages_of("train").size(), 3U) << "the seeds of the run";
  EXPECT_FALSE(scores().empty());
}

TEST_F(Resume, LeavesWhatFailedUnlessItIsToBeTriedAgain) {
  tell_stages("FAKE_STAGE_FAILS", "train");
  ASSERT_EQ(run().exit_code, 1);
  tell_stages("FAKE_STAGE_FAILS", "");
  const auto left = resume();
  EXPECT_EQ(left.exit_code, 1) << left.output;
  EXPECT_NE(left.output.find("the test wants it to fail"), std::string::npos) << left.output;
  EXPECT_EQ(left.output.find("start "), std::string::npos) << left.output;
  EXPECT_EQ(resume({"--retry-failed"}).exit_code, 0);
}

TEST_F(Resume, RefusesAnExperimentThatHasChanged) {
  tell_stages("FAKE_STAGE_FAILS", "train");
  ASSERT_EQ(run().exit_code, 1);
  auto text = text_of(at("faked.json"));
  const auto place = text.find("\"steps\": 3");
  ASSERT_NE(place, std::string::npos);
  text.replace(place, 10, "\"steps\": 4");
  std::ofstream(at("faked.json")) << text;
  const auto refused = resume();
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.output.find("changed since faked-quick-"), std::string::npos) << refused.output;
  tell_stages("FAKE_STAGE_FAILS", "");
  const auto anew = run();
  EXPECT_EQ(anew.exit_code, 0);
  EXPECT_NE(anew.output.find("train.steps: 3 -> 4"), std::string::npos) << anew.output;
  EXPECT_EQ(runs().size(), 2U) << "a new run";
}

TEST_F(Resume, TellsWhatElseANewRunAsksOtherwise) {
  ASSERT_EQ(run().exit_code, 0);
  const auto ended = run("store", {"--seeds", "1,2,3"});
  EXPECT_NE(ended.output.find("a new run, because it differs from faked-quick-"), std::string::npos)
      << ended.output;
  EXPECT_NE(ended.output.find("--seeds[2]: absent -> 3"), std::string::npos) << ended.output;
}

TEST_F(Resume, OfWhatIsDoneDoesNothing) {
  ASSERT_EQ(run().exit_code, 0);
  const auto ended = resume();
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_NE(ended.output.find("stages cached"), std::string::npos) << ended.output;
}

TEST_F(Resume, FollowsACancelFromElsewhere) {
  tell_stages("FAKE_STAGE_STEP_MS", "50");
  auto program = start();
  wait_for_a_training();
  const auto cancelled = bench({"cancel", "latest"});
  EXPECT_EQ(cancelled.exit_code, 0) << cancelled.output;
  EXPECT_NE(cancelled.output.find("interrupted; bench resume goes on"), std::string::npos)
      << cancelled.output;
  EXPECT_EQ(program.wait().exit_code, 130);
  EXPECT_EQ(state_of_latest(), "interrupted");
  EXPECT_NE(bench({"cancel", "latest"}).output.find("nobody is at work"), std::string::npos);
  tell_stages("FAKE_STAGE_STEP_MS", "0");
  EXPECT_EQ(resume().exit_code, 0);
}

TEST_F(Resume, IsWatchedUntilTheEnd) {
  tell_stages("FAKE_STAGE_STEP_MS", "20");
  auto program = start();
  wait_for_a_training();
  const auto watched = bench({"status", "--watch"});
  EXPECT_EQ(watched.exit_code, 0);
  EXPECT_EQ(program.wait().exit_code, 0);
  EXPECT_NE(watched.output.find(": running, "), std::string::npos) << watched.output;
  EXPECT_NE(watched.output.find(": done, "), std::string::npos) << watched.output;
}

}  // namespace
}  // namespace bench::runner
