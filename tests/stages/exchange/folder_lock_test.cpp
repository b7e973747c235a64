#include "stages/exchange/folder_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/temporary_folder.h"

namespace bench::exchange {
namespace {

TEST(FolderLock, HasOneHolderAtATime) {
  const tests::TemporaryFolder folder;
  auto first = FolderLock::take(folder.path());
  ASSERT_TRUE(first);
  EXPECT_FALSE(FolderLock::take(folder.path()));
  EXPECT_EQ(holder_of(folder.path()), std::to_string(::getpid()));
  first.reset();
  EXPECT_TRUE(FolderLock::take(folder.path()));
}

// A child that inherits the descriptor is the writer, also when its parent is gone.
TEST(FolderLock, LastsAsLongAsAnyProcessThatInheritedIt) {
  const tests::TemporaryFolder folder;
  int life[2];
  ASSERT_EQ(::pipe(life), 0);
  auto lock = FolderLock::take(folder.path());
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(life[1]);
    char end = 0;
    [[maybe_unused]] const auto got = ::read(life[0], &end, 1);  // until the pipe is closed
    ::_exit(0);
  }
  ::close(life[0]);
  lock.reset();
  EXPECT_FALSE(FolderLock::take(folder.path()));
  ::close(life[1]);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(FolderLock::take(folder.path()));
}

TEST(FolderLock, NamesTheFolderThatIsNotThere) {
  EXPECT_THROW(FolderLock::take("no/such/folder"), std::runtime_error);
  EXPECT_EQ(holder_of("no/such/folder"), "unknown");
}

}  // namespace
}  // namespace bench::exchange
