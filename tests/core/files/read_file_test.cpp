#include "core/files/read_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <thread>

#include "tests/message_of.h"
#include "tests/temporary_folder.h"

namespace bench::files {
namespace {

TEST(ReadFile, ReturnsEveryByte) {
  const tests::TemporaryFolder folder;
  std::string bytes;
  for (int i = 0; i < 200'000; ++i) bytes.push_back(static_cast<char>(i % 256));
  EXPECT_EQ(read_file(folder.write("bytes", bytes)), bytes);
  EXPECT_EQ(read_file(folder.write("empty", "")), "");
}

TEST(ReadFile, ReadsAPipeToItsEnd) {
  const tests::TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << std::string(100'000, 'p'); });
  EXPECT_EQ(read_file(pipe), std::string(100'000, 'p'));
  writer.join();
}

TEST(ReadFile, NamesWhatCannotBeReadAndTheReason) {
  const tests::TemporaryFolder folder;
  EXPECT_EQ(tests::message_of<FileError>([] { read_file("no/such/file"); }),
            "no/such/file: cannot be read: No such file or directory");
  EXPECT_EQ(tests::message_of<FileError>([&] { read_file(folder.path()); }),
            folder.path().string() + ": cannot be read: Is a directory");
}

}  // namespace
}  // namespace bench::files
