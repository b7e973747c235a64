#include "runner/execute/stage_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "core/digest/sha256.h"
#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

using testing::HasSubstr;

const std::string kKey = "ab" + std::string(62, 'c');
const std::string kOther = "cd" + std::string(62, 'e');

// A stage folder with a result and one artifact of five bytes.
void fill(const StageStore& store) {
  const auto lock = store.lock(kKey);
  store.open(kKey, {.kind = "train", .name = "a", .settings_json = "{}"}, {});
  const auto folder = store.folder_of(kKey);
  files::write_file(folder / "artifacts" / "weights", "bytes");
  exchange::write_result(
      folder, {.artifacts = {{"weights", "artifacts/weights", 5, digest::sha256_hex("bytes")}}});
}

TEST(StageStore, LaysFoldersOutByKey) {
  EXPECT_EQ(StageStore("/somewhere").folder_of(kKey),
            "/somewhere/store/ab/" + std::string(62, 'c'));
}

TEST(StageStore, HasAResultOnlyWithAllItsFiles) {
  const tests::TemporaryFolder folder;
  const StageStore store(folder.path());
  EXPECT_FALSE(store.result_of(kKey));
  fill(store);
  ASSERT_TRUE(store.result_of(kKey));
  const auto artifact = store.folder_of(kKey) / "artifacts" / "weights";
  files::write_file(artifact, "byte");
  EXPECT_FALSE(store.result_of(kKey)) << "an artifact was cut";
  std::filesystem::remove(artifact);
  EXPECT_FALSE(store.result_of(kKey)) << "an artifact is missing";
}

TEST(StageStore, NamesADamagedResult) {
  const tests::TemporaryFolder folder;
  const StageStore store(folder.path());
  fill(store);
  const auto file = store.folder_of(kKey) / "result.json";
  for (const char* text : {"{\"version\": 1, \"scor", "", "[]", "{}"}) {
    files::write_file(file, text);
    const auto stored = store.look(kKey);
    EXPECT_FALSE(stored.result) << text;
    EXPECT_THAT(stored.damage, HasSubstr(file.string() + " is damaged"));
  }
}

TEST(StageStore, NamesTheFileInWhichOneBitIsAnother) {
  const tests::TemporaryFolder folder;
  const StageStore store(folder.path());
  fill(store);
  ASSERT_TRUE(store.look_at_new(kKey).result);
  ASSERT_TRUE(store.look(kKey).result);
  const auto artifact = store.folder_of(kKey) / "artifacts" / "weights";
  const auto written = std::filesystem::last_write_time(artifact);
  std::fstream(artifact, std::ios::in | std::ios::out) << 'c';  // "bytes": the lowest bit of 'b'
  // Of the same size, and as old as before.
  std::filesystem::last_write_time(artifact, written);
  const auto stored = store.look(kKey);
  EXPECT_FALSE(stored.result);
  EXPECT_THAT(stored.damage, HasSubstr(artifact.string() + " was changed since it was written"));
  EXPECT_THAT(stored.damage, HasSubstr(digest::sha256_hex("cytes")));
  std::fstream(artifact, std::ios::in | std::ios::out) << 'b';
  EXPECT_TRUE(store.look(kKey).result);
}

// What was compared once is believed as long as nothing about the file changes: else a repeated
// run would read the whole store.
TEST(StageStore, ReadsAFileOnce) {
  const tests::TemporaryFolder folder;
  const StageStore store(folder.path());
  fill(store);
  ASSERT_TRUE(store.look(kKey).result);
  const auto notes = store.folder_of(kKey) / "verified";
  ASSERT_TRUE(std::filesystem::exists(notes));
  const auto written = std::filesystem::last_write_time(notes);
  EXPECT_TRUE(store.look(kKey).result);
  EXPECT_EQ(std::filesystem::last_write_time(notes), written) << "nothing was compared";
  files::write_file(notes, "of another time\tartifacts/weights\n\n");
  EXPECT_TRUE(store.look(kKey).result) << "compared again";
}

TEST(StageStore, LocksNoFolderThatAProcessStillWrites) {
  const tests::TemporaryFolder folder;
  const StageStore store(folder.path());
  fill(store);
  auto writer = exchange::FolderLock::take(store.folder_of(kKey));
  EXPECT_FALSE(store.lock(kKey));
  EXPECT_TRUE(store.look(kKey).result) << "left as it was";
  writer.reset();
  EXPECT_TRUE(store.lock(kKey));
}

TEST(StageStore, OpensAFolderForAnotherTryAndLeavesItsCheckpoint) {
  const tests::TemporaryFolder folder;
  const StageStore store(folder.path());
  fill(store);
  const auto stage = store.folder_of(kKey);
  exchange::write_failure(stage, "bad luck");
  files::write_file(stage / "checkpoint", "half way");
  const auto lock = store.lock(kKey);
  store.open(kKey, {.kind = "train", .name = "again", .settings_json = "{}"}, {{"data", kOther}});
  EXPECT_FALSE(store.result_of(kKey));
  EXPECT_FALSE(exchange::read_failure(stage));
  EXPECT_TRUE(std::filesystem::exists(stage / "checkpoint"));
  const auto request = exchange::read_request(stage);
  EXPECT_EQ(request.name, "again");
  ASSERT_EQ(request.inputs.size(), 1U);
  EXPECT_EQ(request.inputs[0].folder, "../../cd/" + std::string(62, 'e')) << "so it can be moved";
}

TEST(StoreLock, IsRefusedWhileAnotherProcessHoldsIt) {
  const tests::TemporaryFolder folder;
  int ready[2], release[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(release), 0);
  const pid_t holder = ::fork();
  if (holder == 0) {
    const StoreLock lock(folder.path(), StoreLock::Use::kTogether);
    char byte = 'x';
    if (::write(ready[1], &byte, 1) == 1) (void)!::read(release[0], &byte, 1);
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_NO_THROW(StoreLock(folder.path(), StoreLock::Use::kTogether)) << "runs work together";
  try {
    const StoreLock lock(folder.path());
    ADD_FAILURE();
  } catch (const core::BadInput& error) {
    EXPECT_THAT(error.what(), HasSubstr(std::to_string(holder)));
    EXPECT_THAT(error.what(), HasSubstr("pass another --store"));
  }
  ASSERT_EQ(::write(release[1], &byte, 1), 1);
  ::waitpid(holder, nullptr, 0);
  EXPECT_NO_THROW(StoreLock(folder.path())) << "released by the end of its holder";
  for (const int end : {ready[0], ready[1], release[0], release[1]}) ::close(end);
}

TEST(StoreLock, NamesAStoreThatCannotBeWritten) {
  const tests::TemporaryFolder folder;
  folder.write("lock/not-a-file", "");
  EXPECT_THROW(StoreLock(folder.path()), core::BadInput);
}

}  // namespace
}  // namespace bench::runner
