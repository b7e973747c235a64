#include "verdicts/claims/claims.h"

#include <gtest/gtest.h>

#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "tests/verdicts/recorded_runs.h"

namespace bench::verdicts {
namespace {

std::string refusal(const std::string& text) {
  const RecordedRuns folder;
  files::write_file(folder.file("claims.json"), text);
  try {
    read_claims(folder.file("claims.json"));
  } catch (const core::BadInput& error) {
    return error.what();
  }
  return "read";
}

std::string with(const std::string& published, const std::string& protocol) {
  return "{\"title\": \"t\", \"claims\": [{\"id\": \"a\", \"statement\": \"s\", \"kind\": "
         "\"value\",\n\"published\": \"" +
         published + "\", \"metric\": \"psnr\", \"protocol\": \"" + protocol +
         "\", \"data_set\": \"set12\", \"split\": \"test\", \"method\": \"dncnn\", \"seeds\": "
         "\"1\", \"source\": \"s\", \"certainty\": \"verified\"}]}";
}

TEST(Claims, EveryCommittedFileIsRead) {
  const auto files = read_claim_folder(BENCH_SOURCE_DIR "/experiments/claims");
  ASSERT_GE(files.size(), 5u);
  for (const auto& file : files) EXPECT_FALSE(file.claims.empty()) << file.file;
}

TEST(Claims, APrintedNumberKeepsItsDecimals) {
  const auto files = read_claim_folder(BENCH_SOURCE_DIR "/experiments/claims");
  for (const auto& file : files) {
    for (const auto& claim : file.claims) {
      if (claim.id != "table1-clearer-s30-psnr") continue;
      EXPECT_DOUBLE_EQ(claim.value, 28.54);
      EXPECT_EQ(claim.digits, 2);
      EXPECT_EQ(claim.certainty, Certainty::kReadFromImage);
      return;
    }
  }
  FAIL() << "Table 1 lacks CLEARER at sigma 30";
}

TEST(Claims, MistakesAreNamedWithTheirPlace) {
  EXPECT_EQ(refusal(with("28.54", "kair@1")), "read");
  EXPECT_NE(refusal(with("28.5x", "kair@1")).find("claims.json:2:"), std::string::npos);
  EXPECT_NE(refusal(with("28.54", "kiar@1")).find("kair"), std::string::npos);
  EXPECT_NE(refusal(with("28.54", "unknown")).find("protocol_note"), std::string::npos);
  EXPECT_NE(refusal("{\"title\": \"t\", \"claimz\": []}").find("claims"), std::string::npos);
}

}  // namespace
}  // namespace bench::verdicts
