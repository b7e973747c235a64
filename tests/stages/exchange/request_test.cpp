#include "stages/exchange/request.h"

#include <gtest/gtest.h>

#include "core/files/write_file.h"
#include "tests/temporary_folder.h"

namespace bench::exchange {
namespace {

TEST(Request, ReadsBackAsItWasWritten) {
  const tests::TemporaryFolder folder;
  const StageRequest request{.kind = "train",
                             .name = "train all-fusion on derain, seed 1",
                             .settings_json = R"({"seed":1})",
                             .inputs = {{"data", "../../ab/cdef"}},
                             .data_root = "/somewhere",
                             .checkpoint = {.steps = 7, .seconds = 90}};
  write_request(folder.path(), request);
  EXPECT_EQ(read_request(folder.path()), request);
}

TEST(Request, WithoutACheckpointIntervalHasTheDefault) {
  const tests::TemporaryFolder folder;
  files::write_file(folder.path() / kRequestFile,
                    R"({"version": 1, "kind": "train", "name": "", "settings": {}, "inputs": [],
                       "data_root": ""})");
  EXPECT_EQ(read_request(folder.path()).checkpoint, CheckpointInterval{});
}

TEST(CheckpointInterval, IsCountedInStepsOrTime) {
  EXPECT_EQ(parse_checkpoint_interval("200"), (CheckpointInterval{200, 0}));
  EXPECT_EQ(parse_checkpoint_interval("200steps"), (CheckpointInterval{200, 0}));
  EXPECT_EQ(parse_checkpoint_interval("90s"), (CheckpointInterval{0, 90}));
  EXPECT_EQ(parse_checkpoint_interval("5min"), (CheckpointInterval{0, 300}));
  for (const char* wrong : {"", "0", "-3s", "5m", "5 min", "1.5min", "s", "99999999999"}) {
    EXPECT_THROW(parse_checkpoint_interval(wrong), std::invalid_argument) << wrong;
  }
}

TEST(Request, OfANewerVersionIsRefusedWithAdvice) {
  const tests::TemporaryFolder folder;
  files::write_file(folder.path() / kRequestFile, R"({"version": 99})");
  try {
    read_request(folder.path());
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("newer"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace bench::exchange
