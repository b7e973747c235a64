#include <csignal>
#include <fstream>
#include <thread>

#include "tests/runner/faked_program.h"

/// Several `bench run` at once on one store.
namespace bench::runner {
namespace {

using end_to_end::text_of;
using nlohmann::json;

class Together : public FakedProgram {
 protected:
  Together() { tell_stages("FAKE_STAGE_STEP_MS", "20"); }

  /// `bench run` with output and report of its own.
  Program start_beside(const std::string& name, const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {
        "run",      at("faked.json").string(),     "--store",   at("store").string(),
        "--report", at(name + "-report").string(), "--threads", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return {arguments, at(name + ".log")};
  }
  /// How often stages were started, by all.
  static std::size_t starts_in(const std::string& output) {
    std::size_t count = 0;
    for (auto at = output.find("start "); at != std::string::npos;
         at = output.find("start ", at + 1))
      ++count;
    return count;
  }
  std::size_t stages() const {
    std::size_t count = 0;
    for (const char* kind : {"prepare", "train", "evaluate", "cost"})
      count += stages_of(kind).size();
    return count;
  }
};

TEST_F(Together, ShareTheStagesOfOneRun) {
  auto first = start_beside("first", {"--seeds", "1,2,3,4"});
  auto second = start_beside("second", {"--seeds", "1,2,3,4"});
  const auto a = first.wait(), b = second.wait();
  EXPECT_EQ(a.exit_code, 0) << a.output;
  EXPECT_EQ(b.exit_code, 0) << b.output;
  EXPECT_EQ(starts_in(a.output) + starts_in(b.output), stages()) << a.output << b.output;
  EXPECT_EQ(state_of_latest(), "done");
  EXPECT_EQ(json::parse(bench({"ls", "--json"}).output).size(), 1U);
  EXPECT_EQ(text_of(at("first-report") / "scores.csv"),
            text_of(at("second-report") / "scores.csv"));
  EXPECT_EQ(bench({"db", "check"}).exit_code, 0);
}

TEST_F(Together, ShareTheStagesThatTwoRunsHaveInCommon) {
  auto first = start_beside("first", {"--seeds", "1,2,3"});
  auto second = start_beside("second", {"--seeds", "2,3,4"});
  const auto a = first.wait(), b = second.wait();
  EXPECT_EQ(a.exit_code, 0) << a.output;
  EXPECT_EQ(b.exit_code, 0) << b.output;
  EXPECT_EQ(starts_in(a.output) + starts_in(b.output), stages()) << a.output << b.output;
  EXPECT_EQ(json::parse(bench({"ls", "--json"}).output).size(), 2U);
  ASSERT_EQ(run("alone", {"--seeds", "2,3,4"}).exit_code, 0);
  EXPECT_EQ(text_of(at("second-report") / "scores.csv"), scores("alone"));
}

TEST_F(Together, GoOnWhereOneIsKilled) {
  auto first = start_beside("first", {"--seeds", "1,2,3,4"});
  wait_for_a_training();
  auto second = start_beside("second", {"--seeds", "1,2,3,4"});
  first.send(SIGKILL);
  first.wait();
  const auto ended = second.wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(state_of_latest(), "done");
}

TEST_F(Together, LeaveNothingToRemoveMeanwhile) {
  auto program = start();
  wait_for_a_training();
  for (const auto& command :
       {std::vector<std::string>{"gc"}, {"rm", "latest"}, {"db", "rebuild"}}) {
    const auto refused = bench(command);
    EXPECT_EQ(refused.exit_code, 2) << command[0] << refused.output;
    EXPECT_NE(refused.output.find("is using this store"), std::string::npos) << refused.output;
  }
  EXPECT_EQ(program.wait().exit_code, 0);
  EXPECT_EQ(bench({"gc"}).exit_code, 0);
}

}  // namespace
}  // namespace bench::runner
