#include "core/digest/sha256.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace bench::digest {
namespace {

// FIPS 180-4 example values (NIST "SHA256.pdf" and the empty message of the CAVP vectors).
TEST(Sha256, EqualsThePublishedVectors) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, OfAFileIsThatOfItsBytesAlsoOverSeveralBlocks) {
  const auto file = std::filesystem::path(testing::TempDir()) / "sha256_test.bin";
  // One million letters "a": the long message of FIPS 180-4.
  std::ofstream(file) << std::string(1'000'000, 'a');
  EXPECT_EQ(sha256_hex_of_file(file),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  std::filesystem::remove(file);
}

TEST(Sha256, NamesAFileThatIsNotThere) {
  try {
    sha256_hex_of_file("no/such/file");
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("no/such/file"), std::string::npos);
  }
}

}  // namespace
}  // namespace bench::digest
