#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "tests/runner/faked_program.h"

/// Runs that are ended from outside.
namespace bench::runner {
namespace {

using end_to_end::text_of;

class Interruption : public FakedProgram {
 protected:
  /// Slow enough to be met while they work.
  Interruption() { tell_stages("FAKE_STAGE_STEP_MS", "50"); }
};

TEST_F(Interruption, ByAnyOfTheUsualSignalsSavesWhereStagesAre) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    const std::string store = "store" + std::to_string(signal);
    auto program = start(store);
    wait_for_a_training(store);
    program.send(signal);
    const auto ended = program.wait();
    EXPECT_EQ(ended.exit_code, 130) << signal << ended.output;
    EXPECT_EQ(state_of_latest(store), "interrupted") << signal;
    bool saved = false;
    for (const auto& folder : stages_of("train", store)) {
      saved = saved || std::filesystem::exists(folder / "checkpoint.json");
      EXPECT_TRUE(goes_away(std::stoi(text_of(folder / "lock")))) << "a stage was left: " << signal;
    }
    EXPECT_TRUE(saved) << signal;
  }
}

// The steps that a process has told before stand in the file once, those after follow them.
TEST_F(Interruption, GoesOnAtTheNextStep) {
  auto program = start();
  wait_for_a_training();
  program.send(SIGTERM);
  ASSERT_EQ(program.wait().exit_code, 130);
  std::size_t saved = 0;
  for (const auto& folder : stages_of("train")) {
    const auto checkpoint = nlohmann::json::parse(text_of(folder / "checkpoint.json"));
    saved += checkpoint.at("step").get<std::size_t>();
  }
  ASSERT_GT(saved, 0U);
  tell_stages("FAKE_STAGE_STEP_MS", "0");
  ASSERT_EQ(run().exit_code, 0);
  for (const auto& folder : stages_of("train")) {
    const auto events = text_of(folder / "events.jsonl");
    EXPECT_EQ(std::count(events.begin(), events.end(), '\n'), 2 * 20) << "a point and a progress";
  }
}

TEST_F(Interruption, ByKillIsSeenByEveryCommandAndTheStagesDie) {
  auto program = start();
  wait_for_a_training();
  EXPECT_EQ(state_of_latest(), "running");
  program.send(SIGKILL);
  program.wait();
  for (const auto& folder : stages_of("train")) {
    EXPECT_TRUE(goes_away(std::stoi(text_of(folder / "lock"))));
  }
  EXPECT_EQ(state_of_latest(), "interrupted");
  const auto stages = nlohmann::json::parse(bench({"ls", "--stages", "latest", "--json"}).output);
  for (const auto& stage : stages) EXPECT_NE(stage.at("state"), "running") << stage;
  EXPECT_EQ(run().exit_code, 0);
  EXPECT_EQ(state_of_latest(), "done");
}

// The run of another experiment ends on the record what a killed one could not.
TEST_F(Interruption, OfAKilledRunIsRecordedByTheNextOne) {
  auto program = start();
  wait_for_a_training();
  program.send(SIGKILL);
  program.wait();
  tell_stages("FAKE_STAGE_STEP_MS", "0");
  ASSERT_EQ(run("store", {"--seeds", "3"}).exit_code, 0);
  const auto runs = nlohmann::json::parse(bench({"ls", "--json"}).output);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[1].at("state"), "interrupted");
  EXPECT_FALSE(runs[1].at("finished").is_null());
}

// A stage is killed with its `bench` from its very first instruction on: here `bench` dies while
// the program of the stage is still being loaded, as long as that takes.
TEST_F(Interruption, LeavesNoStageBehindThatHadNotBegun) {
  const auto slow =
      folder_.write("slow-stage", "#!/bin/sh\necho $$ > '" + at("stage-process").string() +
                                      "'\nexec sleep 600\n");
  std::filesystem::permissions(slow, std::filesystem::perms::owner_all);
  tell_stages("BENCH_STAGE_PROGRAM", slow.string());
  auto program = start();
  while (text_of(at("stage-process")).empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  program.send(SIGKILL);
  program.wait();
  EXPECT_TRUE(goes_away(std::stoi(text_of(at("stage-process")))));
}

// `bench run ... | head -1`: the lines of progress are not what a run is for.
TEST_F(Interruption, OfItsReaderDoesNotEndARun) {
  tell_stages("FAKE_STAGE_STEP_MS", "0");
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string experiment = at("faked.json").string(), store = at("store").string(),
                    report = at("store-report").string();
  const pid_t process = ::fork();
  if (process == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl(BENCH_PROGRAM, BENCH_PROGRAM, "run", experiment.c_str(), "--store", store.c_str(),
            "--report", report.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[0]);
  ::close(ends[1]);
  int status = 0;
  ::waitpid(process, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(state_of_latest(), "done");
  EXPECT_FALSE(scores().empty());
}

}  // namespace
}  // namespace bench::runner
