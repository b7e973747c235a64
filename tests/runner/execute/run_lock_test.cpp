#include "runner/execute/run_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>

#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kRun = "example-quick-0123456789ab";

/// Another process that holds the lock until it is told to end.
class OtherProcess {
 public:
  explicit OtherProcess(const fs::path& store) {
    if (::pipe(ready_) != 0 || ::pipe(release_) != 0) throw std::runtime_error("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
      RunLock lock(store, kRun);
      lock.share();
      char byte = 'x';
      if (::write(ready_[1], &byte, 1) == 1) (void)!::read(release_[0], &byte, 1);
      ::_exit(0);
    }
    char byte = 0;
    (void)!::read(ready_[0], &byte, 1);
  }
  ~OtherProcess() { end(); }
  OtherProcess(const OtherProcess&) = delete;
  OtherProcess& operator=(const OtherProcess&) = delete;

  void end() {
    if (process_ == 0) return;
    char byte = 'x';
    (void)!::write(release_[1], &byte, 1);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
    for (const int end : {ready_[0], ready_[1], release_[0], release_[1]}) ::close(end);
  }
  pid_t process() const { return process_; }

 private:
  int ready_[2], release_[2];
  pid_t process_ = 0;
};

TEST(RunLock, SaysThatALivingProcessIsAtWork) {
  const tests::TemporaryFolder store;
  EXPECT_FALSE(is_at_work(store.path(), kRun));
  EXPECT_TRUE(fs::is_empty(store.path())) << "asking makes nothing";
  {
    OtherProcess other(store.path());
    EXPECT_TRUE(is_at_work(store.path(), kRun));
    EXPECT_FALSE(is_at_work(store.path(), "another"));
    const auto holders = holders_of(store.path(), kRun);
    ASSERT_THAT(holders, SizeIs(1));
    EXPECT_EQ(holders[0].process, other.process());
    EXPECT_TRUE(is_here(holders[0]));
  }
  EXPECT_FALSE(is_at_work(store.path(), kRun));
  EXPECT_THAT(holders_of(store.path(), kRun), IsEmpty());
}

TEST(RunLock, LetsSeveralWorkAndTheLastOneEndTheRun) {
  const tests::TemporaryFolder store;
  OtherProcess other(store.path());
  RunLock own(store.path(), kRun);
  EXPECT_FALSE(own.is_first());
  EXPECT_THAT(holders_of(store.path(), kRun), SizeIs(2));
  EXPECT_FALSE(own.leave());
  EXPECT_TRUE(is_at_work(store.path(), kRun));
  other.end();
  RunLock last(store.path(), kRun);
  EXPECT_TRUE(last.is_first());
  last.share();
  EXPECT_TRUE(last.leave());
}

// On another machine, to which locks do not reach: as long as it renews the file's time.
TEST(RunLock, BelievesTheLeaseOfAnotherMachine) {
  const tests::TemporaryFolder store;
  const auto file = store.write(std::string("runs/") + kRun + ".lock",
                                "4711 00000000-0000-0000-0000-000000000000 elsewhere\n");
  EXPECT_TRUE(is_at_work(store.path(), kRun));
  const auto holders = holders_of(store.path(), kRun);
  ASSERT_THAT(holders, SizeIs(1));
  EXPECT_EQ(holders[0].host, "elsewhere");
  EXPECT_FALSE(is_here(holders[0]));
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::minutes(5));
  EXPECT_FALSE(is_at_work(store.path(), kRun)) << "that machine is gone";
}

// The number of a process that died may be somebody else's now.
TEST(RunLock, NamesNoStranger) {
  const tests::TemporaryFolder store;
  {
    OtherProcess other(store.path());
    fs::copy_file(store.path() / "runs" / (std::string(kRun) + ".lock"), store.path() / "copy");
  }
  const auto lock = store.path() / "runs" / (std::string(kRun) + ".lock");
  fs::remove(lock);
  fs::copy_file(store.path() / "copy", lock);
  EXPECT_THAT(holders_of(store.path(), kRun), IsEmpty());
}

}  // namespace
}  // namespace bench::runner
