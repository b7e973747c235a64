#include "runner/host/writable_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/json/bad_input.h"
#include "tests/message_of.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string refusal_of(const fs::path& folder) {
  return tests::message_of<core::BadInput>([&] { require_writable_folder("--report", folder); });
}

TEST(RequireWritableFolder, AcceptsWhatIsThereOrCanBeMadeAndMakesNothing) {
  const tests::TemporaryFolder scratch;
  EXPECT_EQ(refusal_of(scratch.path()), "");
  EXPECT_EQ(refusal_of(scratch.path() / "a" / "b" / "c"), "");
  EXPECT_EQ(refusal_of(scratch.path() / "a" / ".." / "b" / ""), "");
  EXPECT_TRUE(fs::is_empty(scratch.path()));
}

TEST(RequireWritableFolder, NamesTheFileThatStandsInTheWay) {
  const tests::TemporaryFolder scratch;
  const auto file = scratch.write("file", "");
  for (const auto& folder : {file, file / "below", file / "a" / "b"}) {
    EXPECT_EQ(refusal_of(folder), "--report " + folder.string() +
                                      ": expected a writable folder, found " + file.string() +
                                      ", which is not a folder. Choose another with --report");
  }
}

TEST(RequireWritableFolder, NamesTheFolderThatMayNotBeWritten) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const tests::TemporaryFolder scratch;
  fs::permissions(scratch.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_THAT(refusal_of(scratch.path() / "below"),
              HasSubstr("found " + scratch.path().string() + ": Permission denied"));
  fs::permissions(scratch.path(), fs::perms::owner_all);
}

}  // namespace
}  // namespace bench::runner
