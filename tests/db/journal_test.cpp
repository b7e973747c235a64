#include <gtest/gtest.h>

#include "db/file_system.h"
#include "db/run_reader.h"
#include "db/run_store.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

TEST(NetworkFileSystem, IsToldByItsMagicNumber) {
  // From statfs(2): NFS, CIFS (also sign-extended), SMB2; then ext4, tmpfs, btrfs, xfs, overlayfs.
  for (const long type : {0x6969L, 0xFF534D42L, static_cast<long>(-11317950), 0xFE534D42L}) {
    EXPECT_TRUE(is_network_file_system(type)) << std::hex << type;
  }
  for (const long type : {0xEF53L, 0x01021994L, 0x9123683EL, 0x58465342L, 0x794C7630L}) {
    EXPECT_FALSE(is_network_file_system(type)) << std::hex << type;
  }
}

TEST(NetworkFileSystem, IsNotAFolderThatCannotBeAsked) {
  EXPECT_FALSE(is_on_network("/no/such/folder"));
}

TEST(RunStore, ChangesItsJournalWithoutLosingData) {
  const ScratchFolder folder;
  for (const auto journal : {JournalMode::kWriteAhead, JournalMode::kRollback,
                             JournalMode::kRollback, JournalMode::kWriteAhead}) {
    RunStore store(folder.file(), {.journal = journal});
    EXPECT_EQ(store.journal_mode(), journal);
    store.begin_run(example_run(std::to_string(RunReader(folder.file()).run_count()), "2026"), {});
  }
  EXPECT_EQ(RunReader(folder.file()).run_count(), 4);
}

TEST(RunStore, LeavesOneFileWhenItIsClosed) {
  const ScratchFolder folder;
  {
    RunStore store(folder.file());
    store.record_stage(example_stage(1), example_measurements(1));
  }
  const auto count = std::distance(std::filesystem::directory_iterator(folder.path()),
                                   std::filesystem::directory_iterator());
  EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace bench::db
