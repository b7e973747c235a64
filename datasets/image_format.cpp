#include "datasets/image_format.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include "datasets/jpeg.h"
#include "datasets/png.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr std::array kReadSuffixes{".png"sv, ".jpg"sv, ".jpeg"sv, ".jpe"sv, ".jfif"sv, ".jif"sv};
constexpr std::array kOtherSuffixes{
    ".bmp"sv, ".gif"sv, ".tif"sv, ".tiff"sv, ".webp"sv, ".ppm"sv, ".pgm"sv,  ".pnm"sv,  ".pbm"sv,
    ".pfm"sv, ".tga"sv, ".jp2"sv, ".j2k"sv,  ".exr"sv,  ".hdr"sv, ".avif"sv, ".heic"sv, ".heif"sv,
    ".jxl"sv, ".dng"sv, ".cr2"sv, ".nef"sv,  ".arw"sv,  ".psd"sv, ".npy"sv,  ".npz"sv};
// BMP and Netpbm begin with two letters, as many texts do: these are known by their names only.
constexpr std::array kOtherStarts{"GIF87a"sv,    "GIF89a"sv, "II*\0"sv,           "MM\0*"sv,
                                  "\x93NUMPY"sv, "8BPS"sv,   "\x76\x2f\x31\x01"sv};
constexpr std::size_t kStartBytes = 12;

std::string lower_case_suffix(const fs::path& file) {
  std::string suffix = file.extension().string();
  for (char& letter : suffix) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return suffix;
}

bool is_one_of(std::string_view suffix, std::span<const std::string_view> suffixes) {
  return std::find(suffixes.begin(), suffixes.end(), suffix) != suffixes.end();
}

// Empty for what is no regular file: reading a pipe would wait for its writer.
std::string start_of(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return "";
  std::string start(kStartBytes, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(stream.gcount()));
  return start;
}

bool begins_as_another_format(std::string_view start) {
  const bool is_webp =
      start.starts_with("RIFF") && start.substr(std::min<std::size_t>(8, start.size())) == "WEBP";
  return is_webp || std::any_of(kOtherStarts.begin(), kOtherStarts.end(),
                                [&](auto known) { return start.starts_with(known); });
}

}  // namespace

FileKind kind_of_file(const fs::path& file) {
  const std::string suffix = lower_case_suffix(file);
  if (is_one_of(suffix, kReadSuffixes)) return FileKind::kImage;
  const std::string start = start_of(file);
  if (is_png(start) || is_jpeg(start)) return FileKind::kImage;
  const bool is_other = begins_as_another_format(start) || is_one_of(suffix, kOtherSuffixes);
  return is_other ? FileKind::kUnsupportedImage : FileKind::kOther;
}

}  // namespace bench::datasets
