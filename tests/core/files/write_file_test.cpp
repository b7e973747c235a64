#include "core/files/write_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <string>
#include <vector>

#include "core/files/read_file.h"
#include "tests/message_of.h"
#include "tests/temporary_folder.h"

namespace {

std::vector<std::string>& synchronized() {
  static std::vector<std::string> paths;
  return paths;
}

}  // namespace

/// Stands before the C library's: notes what was synchronized, under the name it had then.
extern "C" int fsync(int descriptor) {
  std::error_code error;
  synchronized().push_back(
      std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor), error));
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

namespace bench::files {
namespace {

namespace fs = std::filesystem;
using tests::message_of;

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

mode_t mode_of(const fs::path& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0);
  return status.st_mode & 07777;
}

/// While it lives, no file of this process grows beyond `bytes`: a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST(WriteFile, ReplacesTheWholeContentAndLeavesNothingBeside) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "result.json";
  write_file(file, std::string(100'000, 'x'));
  write_file(file, "short");
  EXPECT_EQ(read_file(file), "short");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(WriteFile, KeepsTheOldContentOnAFullDisk) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write("result.json", "old");
  std::string message;
  {
    const FullDisk disk(1000);
    message = message_of<FileError>([&] { write_file(file, std::string(5000, 'n')); });
  }
  EXPECT_EQ(message, file.string() + ": cannot be written: File too large");
  EXPECT_EQ(read_file(file), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(WriteFile, KeepsTheOldContentUntilTheNewIsWhole) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write("result.json", "old");
  {
    FileReplacement replacement(file);
    replacement.write("half");
    EXPECT_EQ(read_file(file), "old");
  }
  EXPECT_EQ(read_file(file), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(WriteFile, SynchronizesTheFileAndThenTheFolder) {
  const tests::TemporaryFolder folder;
  synchronized().clear();
  write_file(folder.path() / "result.json", "text");
  ASSERT_EQ(synchronized().size(), 2U);
  // Under the name that it has before it takes the place of the old one.
  EXPECT_TRUE(synchronized()[0].starts_with(folder.path().string() + "/.part-"));
  EXPECT_EQ(synchronized()[1], folder.path());
}

TEST(WriteFile, KeepsTheModeOfTheFileThatItReplaces) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write("shared.json", "old");
  for (const mode_t mode : {0640, 0664, 0755}) {
    ASSERT_EQ(::chmod(file.c_str(), mode), 0);
    write_file(file, "new");
    EXPECT_EQ(mode_of(file), mode);
  }
}

TEST(WriteFile, GivesANewFileTheModeThatTheUserAsksFor) {
  const tests::TemporaryFolder folder;
  const mode_t before = ::umask(027);
  write_file(folder.path() / "new.json", "text");
  ::umask(before);
  EXPECT_EQ(mode_of(folder.path() / "new.json"), 0640U);
}

TEST(WriteFile, FollowsLinksAndLeavesThem) {
  const tests::TemporaryFolder folder;
  const auto target = folder.write("elsewhere/target.csv", "old");
  fs::create_symlink("elsewhere/target.csv", folder.path() / "first");
  fs::create_symlink("first", folder.path() / "second");
  write_file(folder.path() / "second", "new");
  EXPECT_EQ(fs::read_symlink(folder.path() / "second"), "first");
  EXPECT_EQ(fs::read_symlink(folder.path() / "first"), "elsewhere/target.csv");
  EXPECT_EQ(read_file(target), "new");
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(target)));
}

TEST(WriteFile, MakesTheFileThatALinkLeadsTo) {
  const tests::TemporaryFolder folder;
  fs::create_symlink("not-there-yet", folder.path() / "link");
  write_file(folder.path() / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder.path() / "link"));
  EXPECT_EQ(read_file(folder.path() / "not-there-yet"), "new");
}

TEST(WriteFile, RefusesALinkThatLeadsToItself) {
  const tests::TemporaryFolder folder;
  fs::create_symlink("b", folder.path() / "a");
  fs::create_symlink("a", folder.path() / "b");
  EXPECT_NE(message_of<FileError>([&] {
              write_file(folder.path() / "a", "x");
            }).find("Too many levels of symbolic links"),
            std::string::npos);
}

TEST(WriteFile, WritesIntoAPipe) {
  const tests::TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  auto reader = std::async(std::launch::async, [&] { return read_file(pipe); });
  write_file(pipe, std::string(100'000, 'p'));
  EXPECT_EQ(reader.get(), std::string(100'000, 'p'));
  EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST(WriteFile, WritesIntoADeviceAndLeavesIt) {
  const tests::TemporaryFolder folder;
  const auto device = folder.path() / "null";
  if (::mknod(device.c_str(), S_IFCHR | 0666, makedev(1, 3)) != 0) {
    GTEST_SKIP() << "only root makes devices";
  }
  const int descriptor = ::open(device.c_str(), O_WRONLY);
  if (descriptor < 0) GTEST_SKIP() << "this file system has no devices";
  ::close(descriptor);
  write_file(device, "text");
  EXPECT_TRUE(fs::is_character_file(device));
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(WriteFile, SaysThatTheDeviceIsFull) {
  EXPECT_EQ(message_of<FileError>([] { write_file("/dev/full", "x"); }),
            "/dev/full: cannot be written: No space left on device");
}

// What a shell makes of `bench ... --csv /dev/stdout >> file`.
TEST(WriteFile, GoesOnAfterWhatStandsBehindAnOpenDescriptor) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "log";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT, 0600);
  ASSERT_EQ(::write(descriptor, "before\n", 7), 7);
  fs::create_symlink("/proc/self/fd/" + std::to_string(descriptor), folder.path() / "stdout");
  write_file(folder.path() / "stdout", "text\n");
  write_file("/dev/fd/" + std::to_string(descriptor), "more\n");
  ASSERT_EQ(::write(descriptor, "after\n", 6), 6);
  ::close(descriptor);
  EXPECT_EQ(read_file(file), "before\ntext\nmore\nafter\n");
}

TEST(WriteFile, RefusesAFileThatIsWriteProtected) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everything";
  const tests::TemporaryFolder folder;
  const auto file = folder.write("baseline.json", "old");
  ASSERT_EQ(::chmod(file.c_str(), 0444), 0);
  EXPECT_EQ(message_of<FileError>([&] { write_file(file, "new"); }),
            file.string() + ": cannot be written: Permission denied");
  EXPECT_EQ(read_file(file), "old");
}

TEST(WriteFile, OverwritesInAFolderThatCannotBeChanged) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may change every folder";
  const tests::TemporaryFolder folder;
  const auto file = folder.write("fixed/baseline.json", "old");
  ASSERT_EQ(::chmod(file.parent_path().c_str(), 0555), 0);
  write_file(file, "new");
  ASSERT_EQ(::chmod(file.parent_path().c_str(), 0755), 0);
  EXPECT_EQ(read_file(file), "new");
}

TEST(WriteFile, WritesANameOfTheGreatestLength) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / std::string(255, 'n');
  write_file(file, "text");
  EXPECT_EQ(read_file(file), "text");
}

TEST(WriteFile, SaysWhatIsWrongWithAPath) {
  const tests::TemporaryFolder folder;
  const auto& path = folder.path();
  EXPECT_EQ(message_of<FileError>([&] { write_file(path / "no" / "x.csv", ""); }),
            (path / "no" / "x.csv").string() + ": expected a folder " + (path / "no").string() +
                ", found none");
  EXPECT_EQ(message_of<FileError>([&] { write_file(path, ""); }),
            path.string() + ": cannot be written: Is a directory");
  const auto long_name = path / std::string(300, 'n');
  EXPECT_EQ(message_of<FileError>([&] { write_file(long_name, ""); }),
            long_name.string() + ": cannot be written: File name too long");
  EXPECT_EQ(entries(path), 0U);
}

TEST(CopyContent, CopiesEveryByte) {
  const tests::TemporaryFolder folder;
  const auto from = folder.write("from", std::string(3'000'000, 'c'));
  copy_content(from, folder.path() / "to");
  EXPECT_EQ(read_file(folder.path() / "to"), read_file(from));
  EXPECT_EQ(message_of<FileError>([&] { copy_content("no/such", folder.path() / "to"); }),
            "no/such: cannot be read: No such file or directory");
}

TEST(MakeFolders, MakesAndSynchronizesEachOfThem) {
  const tests::TemporaryFolder folder;
  synchronized().clear();
  make_folders(folder.path() / "a/b/");
  EXPECT_TRUE(fs::is_directory(folder.path() / "a/b"));
  EXPECT_EQ(synchronized(), (std::vector<std::string>{folder.path(), folder.path() / "a"}));
}

TEST(MakeFolders, SaysWhatStandsInTheWay) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write("file", "");
  EXPECT_EQ(message_of<FileError>([&] { make_folders(file); }),
            file.string() + ": the folder cannot be made: Not a directory");
  EXPECT_EQ(message_of<FileError>([&] { make_folders(file / "below"); }),
            file.string() + ": the folder cannot be made: Not a directory");
}

}  // namespace
}  // namespace bench::files
