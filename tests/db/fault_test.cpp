// What goes wrong around the database: permissions, room, damage. Crashes: crash_test.cpp.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "db/connection.h"
#include "db/integrity.h"
#include "db/run_reader.h"
#include "db/run_store.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

namespace fs = std::filesystem;

constexpr fs::perms kReadAndEnter = fs::perms::owner_read | fs::perms::owner_exec |
                                    fs::perms::group_read | fs::perms::group_exec |
                                    fs::perms::others_read | fs::perms::others_exec;

/// Takes root's privileges away for a while: permissions do not hold root back.
class Unprivileged {
 public:
  Unprivileged() : before_(geteuid()) {
    constexpr uid_t kNobody = 65534;
    if (before_ == 0 && seteuid(kNobody) != 0) throw std::runtime_error("seteuid");
  }
  ~Unprivileged() {
    if (before_ == 0 && seteuid(0) != 0) std::abort();
  }

 private:
  uid_t before_;
};

template <typename Action>
std::pair<DatabaseTrouble, std::string> error_of(Action action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return {error.trouble(), error.what()};
  }
  ADD_FAILURE() << "no exception";
  return {};
}

void make_store(const fs::path& file, int stages = 1) {
  RunStore store(file);
  store.begin_run(example_run("r1", "2026-05-01T12:00:00Z"),
                  example_plan("r1", stages, StageState::kDone));
  for (int i = 0; i < stages; ++i) store.record_stage(example_stage(i), example_measurements(i));
}

TEST(Store, ThatMayNotBeWrittenSaysSoAtOnceAndCanBeRead) {
  const ScratchFolder folder;
  make_store(folder.file());
  fs::permissions(folder.file(), kReadAndEnter);
  fs::permissions(folder.path(), kReadAndEnter);
  {
    const Unprivileged unprivileged;

    const auto [trouble, message] = error_of([&] { RunStore store(folder.file()); });
    EXPECT_EQ(trouble, DatabaseTrouble::kReadOnly) << message;
    EXPECT_NE(message.find(folder.file().string()), std::string::npos) << message;
    EXPECT_NE(message.find("--store"), std::string::npos) << message;

    const RunReader reader(folder.file());
    EXPECT_EQ(reader.find_run("latest").run_id, "r1");
    EXPECT_EQ(reader.measurements_of_run("r1"), example_measurements(0));
  }
  fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST(Store, InAFolderWithLettersOfUrisCanBeReadWhereNothingCanBeWritten) {
  const ScratchFolder folder;
  const auto odd = folder.path() / "100% #1?mode=rw";
  fs::create_directory(odd);
  make_store(odd / "bench.db");
  fs::permissions(folder.path(), kReadAndEnter);
  fs::permissions(odd, kReadAndEnter);
  {
    const Unprivileged unprivileged;
    EXPECT_EQ(RunReader(odd / "bench.db").run_count(), 1);
  }
  fs::permissions(odd, fs::perms::owner_all);
  fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST(Reader, CannotWriteWhateverItIsAsked) {
  const ScratchFolder folder;
  make_store(folder.file());
  Connection connection(folder.file(), OpenMode::kRead, 0);

  EXPECT_EQ(error_of([&] { connection.execute("DELETE FROM run"); }).first,
            DatabaseTrouble::kReadOnly);
}

TEST(Reader, OfAMissingFileSaysWhatToDoAndMakesNone) {
  const ScratchFolder folder;

  const auto [trouble, message] = error_of([&] { RunReader reader(folder.file()); });

  EXPECT_EQ(trouble, DatabaseTrouble::kMissing);
  EXPECT_NE(message.find("bench run"), std::string::npos) << message;
  EXPECT_FALSE(fs::exists(folder.file()));
}

TEST(Store, MakesTheFoldersAboveIt) {
  const ScratchFolder folder;
  make_store(folder.path() / "a" / "b" / "bench.db");
  EXPECT_TRUE(fs::exists(folder.path() / "a" / "b" / "bench.db"));
}

TEST(Store, BelowAFileSaysSo) {
  const ScratchFolder folder;
  std::ofstream(folder.file("file")) << "x";

  const auto [trouble, message] =
      error_of([&] { RunStore store(folder.path() / "file" / "bench.db"); });

  EXPECT_EQ(trouble, DatabaseTrouble::kUnreachable) << message;
}

TEST(Store, ThatIsFullKeepsWhatItHasAndGoesOnWhenThereIsRoom) {
  const ScratchFolder folder;
  int recorded = 0;
  {
    RunStore store(folder.file(), {.size_limit_bytes = 400'000});
    const auto fill = [&] {
      for (;; ++recorded) store.record_stage(example_stage(recorded), long_curve(1000));
    };
    const auto [trouble, message] = error_of(fill);
    EXPECT_EQ(trouble, DatabaseTrouble::kFull) << message;
    EXPECT_NE(message.find("Free disk space"), std::string::npos) << message;
    EXPECT_GT(recorded, 1);
    EXPECT_EQ(RunReader(folder.file()).all_keys().size(), static_cast<std::size_t>(recorded));
  }
  RunStore roomy(folder.file());
  roomy.record_stage(example_stage(recorded), long_curve(1000));

  const std::vector<std::string> keys = {example_key(0), example_key(recorded)};
  EXPECT_EQ(RunReader(folder.file()).points(keys).size(), 2000U);
  EXPECT_EQ(check_database(folder.file()), std::vector<std::string>{});
}

void overwrite(const fs::path& file, std::streamoff at, const std::string& bytes) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(at);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

TEST(Store, WithABrokenHeaderIsNamedWithTheWayToRebuildIt) {
  const ScratchFolder folder;
  make_store(folder.file());
  overwrite(folder.file(), 0, "not a database");

  for (const auto& [trouble, message] : {error_of([&] { RunStore store(folder.file()); }),
                                         error_of([&] { RunReader reader(folder.file()); })}) {
    EXPECT_EQ(trouble, DatabaseTrouble::kDamaged) << message;
    EXPECT_NE(message.find(folder.file().string()), std::string::npos) << message;
    EXPECT_NE(message.find("\"bench db rebuild\" makes it again"), std::string::npos) << message;
  }
  const auto problems = check_database(folder.file());
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems[0].find("not a database"), std::string::npos) << problems[0];
}

TEST(Store, ThatWasCutShortIsFoundDamaged) {
  const ScratchFolder folder;
  make_store(folder.file(), 20);
  fs::resize_file(folder.file(), fs::file_size(folder.file()) / 2);

  EXPECT_FALSE(check_database(folder.file()).empty());
}

/// Reads everything there is. \returns whether damage was met.
bool meets_damage(const fs::path& file) {
  try {
    const RunReader reader(file);
    for (const auto& run : reader.runs()) {
      reader.find_run(run.run_id);
      reader.measurements_of_run(run.run_id);
    }
    for (const auto& key : reader.all_keys()) reader.stage(key);
    return false;
  } catch (const DatabaseError&) {
    return true;
  } catch (const UnknownRun&) {
    return true;  // a damaged index hides a run that the list shows
  }
}

TEST(Reader, OfFlippedBitsEndsInAnOrdinaryErrorOrNone) {
  const ScratchFolder folder;
  make_store(folder.file(), 20);
  const auto size = static_cast<std::streamoff>(fs::file_size(folder.file()));
  std::mt19937 draw(7);
  int damage_met = 0;
  for (int round = 0; round < 200; ++round) {
    const auto flipped = folder.file("flipped.db");
    fs::copy_file(folder.file(), flipped, fs::copy_options::overwrite_existing);
    for (int i = 0; i < 20; ++i) {
      overwrite(flipped, static_cast<std::streamoff>(draw()) % size,
                std::string(1, static_cast<char>(draw())));
    }
    damage_met += meets_damage(flipped) || !check_database(flipped).empty() ? 1 : 0;
    for (const char* log : {"flipped.db-wal", "flipped.db-shm"}) fs::remove(folder.file(log));
  }
  EXPECT_GT(damage_met, 0);
}

TEST(CheckDatabase, FindsRowsWithoutTheirStage) {
  const ScratchFolder folder;
  make_store(folder.file());
  {
    Connection connection(folder.file(), OpenMode::kWrite, 0);
    connection.execute("PRAGMA foreign_keys = OFF; INSERT INTO text_fact VALUES (77, 'a', 'b')");
  }

  const auto problems = check_database(folder.file());

  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0],
            "a row of table text_fact refers to a row of table stage that is not there");
}

TEST(MoveAside, MakesRoomForARebuildAndLosesNothing) {
  const ScratchFolder folder;
  make_store(folder.file());
  std::ofstream(folder.file("bench.db-wal")) << "log";

  const auto first = move_aside(folder.file());
  make_store(folder.file());
  const auto second = move_aside(folder.file());

  EXPECT_EQ(first, folder.file("bench.db.aside-1"));
  EXPECT_EQ(second, folder.file("bench.db.aside-2"));
  EXPECT_TRUE(fs::exists(folder.file("bench.db.aside-1-wal")));
  EXPECT_FALSE(fs::exists(folder.file()));
  EXPECT_FALSE(fs::exists(folder.file("bench.db-wal")));
}

}  // namespace
}  // namespace bench::db
