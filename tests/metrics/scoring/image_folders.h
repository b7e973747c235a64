#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "datasets/image_file.h"
#include "tests/temporary_folder.h"

namespace bench::scoring {

/// Two folders of one test's own, `reference` and `restored`, removed after it.
class ImageFolders {
 public:
  ImageFolders() {
    std::filesystem::create_directories(reference());
    std::filesystem::create_directories(restored());
  }

  std::filesystem::path reference() const { return root_.path() / "reference"; }
  std::filesystem::path restored() const { return root_.path() / "restored"; }

  /// A pair of 8-bit images that differ by up to `error` levels.
  void add_pair(const std::string& name, int error, int side = 32, int channels = 1) const {
    datasets::write_png(reference() / (name + ".png"), image(0, side, channels));
    datasets::write_png(restored() / (name + ".png"), image(error, side, channels));
  }

  static datasets::Image image(int error, int side, int channels) {
    auto image = datasets::black_image(channels, side, side);
    for (std::size_t i = 0; i < image.samples.size(); ++i) {
      const auto texture = static_cast<int>((i * 37 + i / 7 * 11) % 200);
      const auto wrong = error == 0 ? 0 : static_cast<int>((i * 13) % (2U * error + 1)) - error;
      image.samples[i] = static_cast<std::uint8_t>(texture + 20 + wrong);
    }
    return image;
  }

 private:
  tests::TemporaryFolder root_;
};

inline void write_bytes(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace bench::scoring
