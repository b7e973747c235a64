#include "runner/launch/process_launcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
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
    const auto folder = stage_folder();
    return ProcessLauncher(program(lines))
        .start({.folder = folder}, *exchange::FolderLock::take(folder));
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

  static bool is_zombie(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(file, text);
    return text.find(") Z ") != std::string::npos;
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
    launcher.start({.folder = stage_folder()}, *exchange::FolderLock::take(stage_folder()));
    FAIL() << "started";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("no-such-program: cannot start the program: "));
  }
}

// Until the end of the stage, not only until its start.
TEST_F(ProcessLauncherTest, LetsTheStageHoldTheLockOfItsFolder) {
  const auto stage = start("touch \"$2/ready\"; exec sleep 600");
  wait_for("ready");
  EXPECT_FALSE(exchange::FolderLock::take(stage_folder()));
  stage->kill();
  end_of(*stage);
  EXPECT_TRUE(exchange::FolderLock::take(stage_folder()));
}

TEST_F(ProcessLauncherTest, EndsWhatAStageLeavesBehind) {
  const auto stage = start("sleep 600 & echo $! > \"$2/ready\"");
  EXPECT_EQ(end_of(*stage).code, 0);
  const auto left = std::stoi(files::read_file(stage_folder() / "ready"));
  while (::kill(left, 0) == 0 && !is_zombie(left)) pause();
}

TEST_F(ProcessLauncherTest, TellsItsEndByADescriptor) {
  const auto stage = start("exec sleep 600");
  if (stage->end_descriptor() < 0) GTEST_SKIP() << "no pidfd_open here";
  pollfd end{.fd = stage->end_descriptor(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&end, 1, 0), 0);
  stage->kill();
  EXPECT_EQ(::poll(&end, 1, -1), 1);
}

TEST_F(ProcessLauncherTest, SeesThatAStageWasStopped) {
  const auto stage = start("kill -STOP $$");
  while (!stage->is_stopped()) pause();
  stage->kill();
  end_of(*stage);
}

class LoneStageTest : public ProcessLauncherTest {
 protected:
  /// Notes where the stage's folder was, so that its removal can be seen.
  std::optional<exchange::StageResult> carry_out(const std::string& lines) {
    ProcessLauncher launcher(program("echo \"$2\" > '" + noted().string() + ".part'; mv '" +
                                     noted().string() + ".part' '" + noted().string() + "'; " +
                                     lines));
    return carry_out_alone(launcher, {.kind = "cost", .name = "alone", .settings_json = "{}"},
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
