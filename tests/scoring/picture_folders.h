#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "datasets/picture_file.h"

namespace bench::scoring {

/// Two folders of one test's own, `reference` and `restored`, emptied before and removed after.
class PictureFolders {
 public:
  PictureFolders() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    root_ = std::filesystem::path(testing::TempDir()) /
            (std::string("bench_") + info->test_suite_name() + "_" + info->name());
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(reference());
    std::filesystem::create_directories(restored());
  }
  ~PictureFolders() { std::filesystem::remove_all(root_); }
  PictureFolders(const PictureFolders&) = delete;
  PictureFolders& operator=(const PictureFolders&) = delete;

  std::filesystem::path reference() const { return root_ / "reference"; }
  std::filesystem::path restored() const { return root_ / "restored"; }

  /// A pair of 8-bit pictures that differ by up to `error` levels.
  void add_pair(const std::string& name, int error, int side = 32, int channels = 1) const {
    datasets::write_png(reference() / (name + ".png"), picture(0, side, channels));
    datasets::write_png(restored() / (name + ".png"), picture(error, side, channels));
  }

  static datasets::Picture picture(int error, int side, int channels) {
    auto picture = datasets::black_picture(channels, side, side);
    for (std::size_t i = 0; i < picture.samples.size(); ++i) {
      const auto texture = static_cast<int>((i * 37 + i / 7 * 11) % 200);
      const auto wrong = error == 0 ? 0 : static_cast<int>((i * 13) % (2U * error + 1)) - error;
      picture.samples[i] = static_cast<std::uint8_t>(texture + 20 + wrong);
    }
    return picture;
  }

 private:
  std::filesystem::path root_;
};

inline void write_bytes(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// What `action` throws, as text; "" if it throws nothing.
template <typename Error, typename Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace bench::scoring
