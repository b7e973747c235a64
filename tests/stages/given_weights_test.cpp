#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "digest/sha256.h"
#include "stages/loaded_network.h"
#include "tests/shared_folder.h"

namespace bench::stages {
namespace {

namespace fs = std::filesystem;

std::string refusal(const stage_files::NetworkSettings& settings, const fs::path& root,
                    std::int64_t channels) {
  try {
    load_given_weights(settings, root, channels, 25);
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(GivenWeights, WhoseContentHasChangedAreRefused) {
  const fs::path root = fs::temp_directory_path() / ("bench-given-" + std::to_string(::getpid()));
  fs::create_directories(root / "weights");
  std::ofstream(root / "weights/a.safetensors") << "changed";
  const stage_files::NetworkSettings settings{.kind = "network",
                                              .method = "prenet",
                                              .weights_file = "a.safetensors",
                                              .weights_sha256 = digest::sha256_hex("planned")};
  const auto message = refusal(settings, root, 3);
  fs::remove_all(root);
  EXPECT_NE(message.find("weights/a.safetensors: expected the content of SHA-256 " +
                         settings.weights_sha256),
            std::string::npos)
      << message;
  EXPECT_NE(message.find(digest::sha256_hex("changed")), std::string::npos) << message;
  EXPECT_NE(refusal(settings, root, 3).find("a.safetensors"), std::string::npos)
      << "a file that has gone is named";
}

TEST(GivenWeights, OfColourAreRefusedForGrayPictures) {
  const fs::path root = tests::shared_folder();
  const fs::path file = root / "weights/prn_rain100h.safetensors";
  if (!fs::exists(file)) GTEST_SKIP() << "not found: " << file;
  const stage_files::NetworkSettings settings{.kind = "network",
                                              .method = "prn",
                                              .weights_file = "prn_rain100h.safetensors",
                                              .weights_sha256 = digest::sha256_hex_of_file(file)};
  EXPECT_EQ(refusal(settings, root, 3), "");
  EXPECT_NE(refusal(settings, root, 1).find("pictures of 1 channel(s)"), std::string::npos);
}

}  // namespace
}  // namespace bench::stages
