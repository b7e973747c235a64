#include "runner/launch/slurm_task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "core/files/read_file.h"
#include "runner/launch/slurm_array.h"
#include "tests/temporary_folder.h"

/// The side of the node, with shell scripts in the place of bench-stage.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class SlurmTaskTest : public testing::Test {
 protected:
  SlurmTaskTest() {
    fs::create_directories(stage());
    fs::create_directories(scratch_.path() / "other");
    write_array(array(), {.token = kToken, .stage_folders = {scratch_.path() / "other", stage()}});
  }

  int carry_out(const std::string& lines, const std::string& token = kToken) {
    const auto program = scratch_.write("stage-program", "#!/bin/sh\n" + lines + "\n");
    fs::permissions(program, fs::perms::owner_all);
    return carry_out_slurm_task(array(), token, 1, program, interrupted_);
  }

  fs::path array() const { return scratch_.path() / "slurm" / kToken; }
  fs::path stage() const { return scratch_.path() / "stage"; }

  static constexpr const char* kToken = "0123456789abcdef";
  tests::TemporaryFolder scratch_;
  std::atomic<bool> interrupted_{false};
};

TEST_F(SlurmTaskTest, CarriesOutItsStageAndTellsItsEnd) {
  EXPECT_EQ(carry_out("touch \"$2/was-here\"; echo hello; exit 3"), 3);
  EXPECT_TRUE(fs::exists(stage() / "was-here"));
  EXPECT_EQ(files::read_file(stage() / "stage.log"), "hello\n");
  EXPECT_TRUE(read_begun(array(), 1));
  const auto end = read_ended(array(), 1);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->code, 3);
  EXPECT_EQ(end->lost, "");
}

TEST_F(SlurmTaskTest, TellsTheSignalThatEndedItsStage) {
  EXPECT_EQ(carry_out("kill -SEGV $$"), 128 + SIGSEGV);
  EXPECT_EQ(read_ended(array(), 1)->signal, SIGSEGV);
}

// Too late: the stage was given to another job, or is carried out elsewhere.
TEST_F(SlurmTaskTest, DoesNothingWhereAnotherAttemptHasTakenItsPlace) {
  fs::remove(stage() / kAttemptFile);
  carry_out("touch \"$2/was-here\"");
  EXPECT_FALSE(fs::exists(stage() / "was-here"));
  EXPECT_THAT(read_ended(array(), 1)->lost, HasSubstr("another attempt"));
}

TEST_F(SlurmTaskTest, RefusesAFolderThatIsNotWhatTheExecutorWrote) {
  EXPECT_THROW(carry_out("true", "fedcba9876543210"), std::runtime_error);
  fs::remove_all(array());
  try {
    carry_out("true");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("file system that all nodes share"));
  }
}

TEST_F(SlurmTaskTest, WaitsForTheFoldersLock) {
  auto lock = exchange::FolderLock::take(stage());
  std::thread releasing([&] {
    while (!read_begun(array(), 1)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_FALSE(fs::exists(stage() / "was-here"));
    lock.reset();
  });
  EXPECT_EQ(carry_out("touch \"$2/was-here\""), 0);
  releasing.join();
  EXPECT_TRUE(fs::exists(stage() / "was-here"));
}

TEST_F(SlurmTaskTest, HandsAnInterruptOn) {
  std::thread stopping([&] {
    while (!fs::exists(stage() / "was-here")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    interrupted_ = true;
  });
  EXPECT_EQ(carry_out("trap 'exit 130' TERM; touch \"$2/was-here\"\n"
                      "while :; do sleep 0.01; done"),
            130);
  stopping.join();
  EXPECT_EQ(read_ended(array(), 1)->code, 130);
}

}  // namespace
}  // namespace bench::runner
