#include "stages/exchange/atomic_file.h"

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace bench::exchange {
namespace {

TEST(WriteAtomically, ReplacesTheWholeContentAndLeavesNothingBeside) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "result.json";
  write_atomically(file, std::string(100'000, 'x'));
  write_atomically(file, "short");
  EXPECT_EQ(read_text(file), "short");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(WriteAtomically, KeepsTheOldContentWhenTheNewCannotBeWritten) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "result.json";
  write_atomically(file, "old");
  // The name it writes aside is taken by a folder.
  std::filesystem::create_directory(folder.path() / "result.json.part");
  EXPECT_THROW(write_atomically(file, "new"), std::runtime_error);
  EXPECT_EQ(read_text(file), "old");
}

TEST(ReadText, NamesAFileThatIsNotThere) {
  try {
    read_text("no/such/file");
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("no/such/file"), std::string::npos);
  }
}

}  // namespace
}  // namespace bench::exchange
