#include "runner/launch/process_launcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "core/files/read_file.h"
#include "runner/execute/lone_stage.h"
#include "tests/temporary_folder.h"

/// Real processes: shell scripts in the place of bench-stage, which is called with
/// `--die-with-parent FOLDER`.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ProcessLauncherTest : public testing::Test {
 protected:
  /// A stage program that does what `lines` say; its folder is $2.
  fs::path program(const std::string& lines) const {
    const auto file = scratch_.write("stage-program", "#!/bin/sh\n" + lines + "\n");
    fs::permissions(file, fs::perms::owner_all);
    return file;
  }

  fs::path stage_folder() const {
    fs::create_directories(scratch_.path() / "stage");
    return scratch_.path() / "stage";
  }

  std::unique_ptr<RunningStage> start(const std::string& lines) const {
    return ProcessLauncher(program(lines)).start(stage_folder());
  }

  /// Until the stage has made a file of this name.
  void wait_for(const std::string& name) const {
    while (!fs::exists(stage_folder() / name)) pause();
  }

  static StageExit end_of(RunningStage& stage) {
    while (true) {
      if (const auto end = stage.poll()) return *end;
      pause();
    }
  }

  static void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(5)); }

  const tests::TemporaryFolder scratch_;
};

TEST_F(ProcessLauncherTest, TellsTheExitCodeAndKeepsBothOutputs) {
  const auto stage = start("echo \"$1 $2\"; echo complaint >&2; exit 7");
  const auto end = end_of(*stage);
  EXPECT_EQ(end.code, 7);
  EXPECT_EQ(end.signal, 0);
  EXPECT_EQ(files::read_file(stage_folder() / "stage.log"),
            "--die-with-parent " + stage_folder().string() + "\ncomplaint\n");
  EXPECT_TRUE(stage->poll()) << "its end is told again";
}

TEST_F(ProcessLauncherTest, AsksAStageToEnd) {
  const auto stage = start("trap 'exit 130' TERM; touch \"$2/ready\"; while :; do sleep .01; done");
  wait_for("ready");
  EXPECT_FALSE(stage->poll());
  stage->interrupt();
  EXPECT_EQ(end_of(*stage).code, 130);
  stage->interrupt();  // of what has ended: nothing
}

TEST_F(ProcessLauncherTest, EndsAStageThatDoesNotListen) {
  const auto stage = start("trap '' TERM; touch \"$2/ready\"; while :; do sleep .01; done");
  wait_for("ready");
  stage->interrupt();
  EXPECT_FALSE(stage->poll());
  stage->kill();
  EXPECT_EQ(end_of(*stage).signal, SIGKILL);
}

// The stage gets a process group of its own, so that a Ctrl-C at the terminal does not reach it.
TEST_F(ProcessLauncherTest, KeepsTheTerminalsSignalsFromTheStage) {
  const auto stage = start("cut -d ' ' -f 5 /proc/$$/stat");  // field 5: the process group
  EXPECT_EQ(end_of(*stage).code, 0);
  const auto group = std::stol(files::read_file(stage_folder() / "stage.log"));
  EXPECT_GT(group, 0);
  EXPECT_NE(group, ::getpgrp());
}

TEST_F(ProcessLauncherTest, NamesTheProgramThatCannotBeStarted) {
  ProcessLauncher launcher(scratch_.path() / "no-such-program");
  try {
    launcher.start(stage_folder());
    FAIL() << "started";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("no-such-program: cannot start the program: "));
  }
}

TEST_F(ProcessLauncherTest, ReadsTheOutputOfACommand) {
  EXPECT_EQ(output_of({"printf", "%s", "a b"}), "a b");
  EXPECT_EQ(output_of({"false"}), std::nullopt);
  EXPECT_EQ(output_of({"no-such-command-of-bench"}), std::nullopt);
  // More than a pipe holds.
  EXPECT_EQ(output_of({"head", "-c", "300000", "/dev/zero"}).value_or("").size(), 300000U);
}

class LoneStageTest : public ProcessLauncherTest {
 protected:
  /// Notes where the stage's folder was, so that its removal can be seen.
  std::optional<exchange::StageResult> carry_out(const std::string& lines) {
    ProcessLauncher launcher(program("echo \"$2\" > '" + noted().string() + ".part'; mv '" +
                                     noted().string() + ".part' '" + noted().string() + "'; " +
                                     lines));
    return carry_out_alone(launcher, {.kind = "profile", .name = "alone", .settings_json = "{}"},
                           watch_);
  }

  fs::path noted() const { return scratch_.path() / "folder"; }

  bool left_nothing() const {
    std::string folder = files::read_file(noted());
    folder.pop_back();  // the newline
    return !folder.empty() && !fs::exists(folder);
  }

  std::atomic<bool> interrupted_{false};
  LoneStageWatch watch_{.interrupted = interrupted_};
};

TEST_F(LoneStageTest, GivesItsResultAndLeavesNoFolder) {
  const tests::TemporaryFolder model;
  exchange::StageResult result;
  result.facts = {{"parameters", "42"}};
  exchange::write_result(model.path(), result);
  const auto found = carry_out("cp '" + (model.path() / "result.json").string() + "' \"$2\"");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->facts, result.facts);
  EXPECT_TRUE(left_nothing());
}

TEST_F(LoneStageTest, SaysWhyItFailed) {
  try {
    carry_out("echo 'out of paper' >&2; exit 1");
    FAIL() << "no exception";
  } catch (const StageFailed& error) {
    EXPECT_THAT(error.what(), HasSubstr("out of paper"));
  }
  EXPECT_TRUE(left_nothing());
}

TEST_F(LoneStageTest, EndsWhenItIsInterrupted) {
  const std::jthread impatient([&](const std::stop_token& over) {
    while (!fs::exists(noted()) && !over.stop_requested()) pause();
    interrupted_ = true;
  });
  EXPECT_EQ(carry_out("exec sleep 600"), std::nullopt);
  EXPECT_TRUE(left_nothing());
}

}  // namespace
}  // namespace bench::runner
