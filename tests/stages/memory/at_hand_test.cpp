#include "stages/memory/at_hand.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace bench::memory {
namespace {

namespace fs = std::filesystem;

/// A machine's files with 1000 KiB available.
class FreeBytes : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("bench-memory-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    write("meminfo", "MemTotal:    4000 kB\nMemAvailable:    1000 kB\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  std::optional<std::int64_t> found() const {
    return free_bytes(folder_ / "meminfo", folder_, /*resident=*/100 * 1024);
  }

  fs::path folder_;
};

TEST_F(FreeBytes, AreWhatIsAvailableAndWhatTheProcessHas) {
  EXPECT_EQ(found(), 1100 * 1024);
}

TEST_F(FreeBytes, AreLimitedByTheControlGroup) {
  write("memory.max", "614400\n");
  write("memory.current", "204800\n");
  EXPECT_EQ(found(), 400 * 1024 + 100 * 1024);
  write("memory.max", "max\n");
  EXPECT_EQ(found(), 1100 * 1024);
}

TEST_F(FreeBytes, AreUnknownWithoutFiles) {
  fs::remove_all(folder_);
  EXPECT_EQ(found(), std::nullopt);
}

TEST(BytesAtHand, AreLoweredByTheProcessLimit) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_DATA, &before), 0);
  limit_data(50 << 20);
  const auto at_hand = bytes_at_hand();
  ::setrlimit(RLIMIT_DATA, &before);
  ASSERT_TRUE(at_hand);
  // 50 MiB more than now; the process itself is small.
  EXPECT_GE(*at_hand, 50 << 20);
  EXPECT_LE(*at_hand, 150 << 20);
}

}  // namespace
}  // namespace bench::memory
