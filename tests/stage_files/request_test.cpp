#include "stage_files/request.h"

#include <gtest/gtest.h>

#include "stage_files/atomic_file.h"
#include "tests/temporary_folder.h"

namespace bench::stage_files {
namespace {

TEST(Request, ReadsBackAsItWasWritten) {
  const tests::TemporaryFolder folder;
  const StageRequest request{.kind = "train",
                             .name = "train all-fusion on derain, seed 1",
                             .settings_json = R"({"seed":1})",
                             .inputs = {{"data", "../../ab/cdef"}},
                             .data_root = "/somewhere"};
  write_request(folder.path(), request);
  EXPECT_EQ(read_request(folder.path()), request);
}

TEST(Request, OfANewerVersionIsRefusedWithAdvice) {
  const tests::TemporaryFolder folder;
  write_atomically(folder.path() / kRequestFile, R"({"version": 99})");
  try {
    read_request(folder.path());
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("newer"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace bench::stage_files
