#include "db/migration.h"

#include <gtest/gtest.h>

#include <fstream>
#include <vector>

#include "db/integrity.h"
#include "db/opening.h"
#include "db/run_reader.h"
#include "db/run_store.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

Connection in_memory() {
  return Connection(":memory:", OpenMode::kWrite, 0);
}

TEST(Migrate, LeavesTheLastWholeVersionWhenAMigrationFails) {
  auto connection = in_memory();
  // The second fails at its second statement: the first of them must be undone.
  const std::vector<std::string_view> second_is_broken = {
      "CREATE TABLE run (id INTEGER PRIMARY KEY)",
      "CREATE TABLE half (id INTEGER PRIMARY KEY); ALTER TABLE no_such_table RENAME TO other"};

  EXPECT_THROW(migrate(connection, second_is_broken), DatabaseError);

  EXPECT_EQ(schema_version(connection), 1);
  EXPECT_EQ(connection.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
}

TEST(Migrate, GoesOnWhereItStoppedAndKeepsTheData) {
  auto connection = in_memory();
  const std::vector<std::string_view> one = {"CREATE TABLE run (id INTEGER PRIMARY KEY)"};
  const std::vector<std::string_view> two = {one[0],
                                             "ALTER TABLE run ADD COLUMN note TEXT DEFAULT 'x'"};
  migrate(connection, one);
  connection.execute("INSERT INTO run VALUES (7)");

  migrate(connection, two);
  migrate(connection, two);

  EXPECT_EQ(schema_version(connection), 2);
  EXPECT_EQ(connection.text_scalar("SELECT note FROM run WHERE id = 7"), "x");
}

TEST(Migrate, RefusesADatabaseOfANewerProgram) {
  auto connection = in_memory();
  connection.execute("PRAGMA user_version = 9");
  try {
    migrate(connection, migrations());
    FAIL() << "no exception";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.trouble(), DatabaseTrouble::kTooNew);
    const std::string message = error.what();
    EXPECT_NE(message.find("found 9"), std::string::npos) << message;
    EXPECT_NE(message.find("newer build"), std::string::npos) << message;
  }
}

/// A whole store whose version number was changed to `version`.
void make_store_of_version(const std::filesystem::path& file, int version) {
  { const RunStore store(file); }
  Connection connection(file, OpenMode::kWrite, 0);
  connection.execute("PRAGMA user_version = " + std::to_string(version));
}

DatabaseTrouble trouble_of_reading(const std::filesystem::path& file) {
  try {
    const RunReader reader(file);
  } catch (const DatabaseError& error) {
    return error.trouble();
  }
  return DatabaseTrouble::kOther;
}

TEST(Open, RefusesAStoreOfANewerProgramAndLeavesItAsItIs) {
  const ScratchFolder folder;
  make_store_of_version(folder.file(), 9);

  EXPECT_THROW(RunStore{folder.file()}, DatabaseError);
  EXPECT_EQ(trouble_of_reading(folder.file()), DatabaseTrouble::kTooNew);

  Connection connection(folder.file(), OpenMode::kRead, 0);
  EXPECT_EQ(schema_version(connection), 9);
}

TEST(Open, TakesAnEmptyFileForAStoreThatIsYetToBe) {
  const ScratchFolder folder;
  std::ofstream(folder.file()).close();

  EXPECT_EQ(trouble_of_reading(folder.file()), DatabaseTrouble::kMissing);
  const RunStore store(folder.file());
  EXPECT_EQ(RunReader(folder.file()).run_count(), 0);
}

TEST(Open, MigratesTheFirstVersionAndKeepsACopyOfIt) {
  const ScratchFolder folder;
  {
    Connection old(folder.file(), OpenMode::kWrite, 0);
    migrate(old, migrations().first(1));
    for (const char* id : {"a", "b"}) {
      old.execute(
          "INSERT INTO run (run_id, experiment_name, experiment_path, experiment_sha256,"
          " profile, command_line, started_utc, state, experiment_text) VALUES ('" +
          std::string(id) + "', 'e', 'p', 's', 'quick', 'c', '2026', 'done', 't')");
    }
    old.execute(
        "INSERT INTO run_stage VALUES (1, 1, 'cost of dncnn', NULL, 'skipped', '', '', '',"
        " NULL)");
    EXPECT_THROW(old.execute("INSERT INTO run_stage VALUES (1, 0, 'n', NULL, 'timed out', '', '',"
                             " '', NULL)"),
                 DatabaseError);
  }
  EXPECT_EQ(trouble_of_reading(folder.file()), DatabaseTrouble::kTooOld);

  RunStore store(folder.file());

  const RunReader reader(folder.file());
  EXPECT_EQ(reader.run_count(), 2);
  EXPECT_EQ(reader.find_run("latest").run_id, "b");
  RunStage stage{.run_id = "a", .name = "n", .outcome = StageState::kTimedOut};
  store.set_stage_state(stage);
  EXPECT_EQ(reader.run_stages("a").at(0).outcome, StageState::kTimedOut);
  EXPECT_EQ(reader.run_stages("a").at(1).kind, "cost");
  EXPECT_TRUE(check_database(folder.file()).empty());
  Connection copy(folder.file().string() + ".version-1", OpenMode::kRead, 0);
  EXPECT_EQ(schema_version(copy), 1);
  EXPECT_EQ(copy.scalar("SELECT count(*) FROM run"), 2);
}

TEST(Open, LeavesADatabaseOfAnotherProgramAlone) {
  const ScratchFolder folder;
  {
    Connection other(folder.file(), OpenMode::kWrite, 0);
    other.execute("CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 1");
  }
  try {
    const RunStore store(folder.file());
    FAIL() << "no exception";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.trouble(), DatabaseTrouble::kForeign);
    EXPECT_NE(std::string(error.what()).find("another program"), std::string::npos) << error.what();
  }
  EXPECT_EQ(trouble_of_reading(folder.file()), DatabaseTrouble::kForeign);
  Connection other(folder.file(), OpenMode::kRead, 0);
  EXPECT_EQ(other.text_scalar("PRAGMA journal_mode"), "delete");
}

TEST(WithoutStrict, TakesTheWordFromEveryTableAndNothingElse) {
  EXPECT_EQ(without_strict("CREATE TABLE a (b TEXT) STRICT;\n-- STRICT is a word\n"
                           "CREATE TABLE c (d TEXT) STRICT, WITHOUT ROWID;"),
            "CREATE TABLE a (b TEXT);\n-- STRICT is a word\n"
            "CREATE TABLE c (d TEXT) WITHOUT ROWID;");
}

TEST(Migrations, AreUnderstoodWithoutStrictTablesToo) {
  auto connection = in_memory();
  for (const auto migration : migrations()) connection.execute(without_strict(migration));

  EXPECT_EQ(connection.scalar("SELECT count(*) FROM pragma_table_list WHERE strict"), 0);
}

TEST(Migrations, MakeEveryTableStrictWhereThatExists) {
  auto connection = in_memory();
  migrate(connection, migrations());

  EXPECT_EQ(connection.scalar("SELECT count(*) FROM pragma_table_list"
                              " WHERE type = 'table' AND schema = 'main' AND NOT strict"
                              " AND name NOT LIKE 'sqlite%'"),
            0);
}

}  // namespace
}  // namespace bench::db
