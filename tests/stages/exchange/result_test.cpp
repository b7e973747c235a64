#include "stages/exchange/result.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/files/read_file.h"
#include "core/files/write_file.h"
#include "stages/exchange/request.h"
#include "tests/temporary_folder.h"

namespace bench::exchange {
namespace {

StageResult example() {
  return {
      .scores = {{"set12", "01.png", "psnr(space=rgb)", 24.1 + 1e-13},
                 {"set12", "02.png", "psnr(space=rgb)", std::numeric_limits<double>::infinity()}},
      .quantities = {{"latency", "ms", 3.25, 2}},
      .facts = {{"architecture", "PF|FF|FP"}},
      .artifacts = {{"weights", "artifacts/weights.safetensors", 12, "ab"}},
      .data_files = {{"set12", "test0/01", 34, "cd"}},
      .environment = {{"libtorch", "2.13.0"}},
      .resources = {1.5, 1.25, 1 << 20, 1}};
}

// The files that example() names.
void write_files(const tests::TemporaryFolder& folder) {
  folder.write("artifacts/weights.safetensors", "twelve bytes");
  folder.write("artifacts/test0/01.png", "an image");
}

// Bytes of a result that says, in place of `part`, something else.
void write_altered(const tests::TemporaryFolder& folder, const std::string& part,
                   const std::string& instead) {
  write_result(folder.path(), example());
  auto text = files::read_file(folder.path() / kResultFile);
  ASSERT_NE(text.find(part), std::string::npos) << part;
  files::write_file(folder.path() / kResultFile,
                    text.replace(text.find(part), part.size(), instead));
}

TEST(Result, ReadsBackWithEveryDigitAndInfinity) {
  const tests::TemporaryFolder folder;
  write_files(folder);
  write_result(folder.path(), example());
  EXPECT_EQ(read_result(folder.path()), example());
}

TEST(Result, IsNotThereBeforeTheStageIsDone) {
  const tests::TemporaryFolder folder;
  EXPECT_FALSE(read_result(folder.path()).has_value());
}

TEST(Result, WithAScoreThatIsNotANumberIsNotWritten) {
  const tests::TemporaryFolder folder;
  StageResult result = example();
  result.scores[0].value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(write_result(folder.path(), result), std::runtime_error);
  EXPECT_FALSE(read_result(folder.path()).has_value());
}

TEST(Result, ThatNamesAFileThatIsNotThereIsNotWritten) {
  const tests::TemporaryFolder folder;
  EXPECT_THROW(write_result(folder.path(), example()), std::runtime_error);
  EXPECT_FALSE(read_result(folder.path()).has_value());
}

// Whoever wrote it: the database would refuse it, or a file of others would be taken for the
// stage's own.
TEST(Result, ThatIsNotSoundIsCalledDamagedByName) {
  const tests::TemporaryFolder folder;
  write_files(folder);
  const std::pair<std::string, std::string> alterations[] = {
      {"\"version\": 1", "\"version\": 1,}"},
      {"\"version\": 1", "\"version\": 99"},
      {"02.png", "01.png"},
      {"\"inf\"", "\"nonsense\""},
      {"\"inf\"", "null"},
      {"3.25", "NaN"},
      {"artifacts/weights.safetensors", "/etc/hostname"},
      {"artifacts/weights.safetensors", "artifacts/../../other/weights"},
      {"artifacts/weights.safetensors", ""},
      {"test0/01", "../../01"},
  };
  for (const auto& [part, instead] : alterations) {
    write_altered(folder, part, instead);
    try {
      read_result(folder.path());
      ADD_FAILURE() << part << " -> " << instead;
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find("result.json is damaged"), std::string::npos)
          << error.what();
    }
  }
}

TEST(Failure, OfManyMegabytesHasNoReason) {
  const tests::TemporaryFolder folder;
  write_failure(folder.path(), std::string(3 << 20, 'x'));
  EXPECT_EQ(read_failure(folder.path()), std::nullopt);
}

TEST(Failure, KeepsItsReason) {
  const tests::TemporaryFolder folder;
  write_failure(folder.path(), "loss is NaN at step 7");
  EXPECT_EQ(read_failure(folder.path()), "loss is NaN at step 7");
}

}  // namespace
}  // namespace bench::exchange
