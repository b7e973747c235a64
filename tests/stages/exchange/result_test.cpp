#include "stages/exchange/result.h"

#include <gtest/gtest.h>

#include <limits>

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
      .data_files = {{"set12", "01.png", 34, "cd"}},
      .environment = {{"libtorch", "2.13.0"}},
      .resources = {1.5, 1.25, 1 << 20, 1}};
}

TEST(Result, ReadsBackWithEveryDigitAndInfinity) {
  const tests::TemporaryFolder folder;
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

TEST(Result, ThatIsDamagedSaysWhatToDo) {
  const tests::TemporaryFolder folder;
  files::write_file(folder.path() / kResultFile, "{\"version\": 1,");
  try {
    read_result(folder.path());
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("Remove its folder"), std::string::npos);
  }
}

TEST(Failure, KeepsItsReason) {
  const tests::TemporaryFolder folder;
  write_failure(folder.path(), "loss is NaN at step 7");
  EXPECT_EQ(read_failure(folder.path()), "loss is NaN at step 7");
}

}  // namespace
}  // namespace bench::exchange
