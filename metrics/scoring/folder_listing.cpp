#include "metrics/scoring/folder_listing.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "metrics/scoring/faults.h"

namespace bench::scoring {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kReadSuffixes{".png", ".jpg", ".jpeg"};
constexpr std::array<std::string_view, 14> kOtherImageSuffixes{
    ".bmp", ".gif", ".tif", ".tiff", ".webp", ".ppm", ".pgm",
    ".pnm", ".jp2", ".exr", ".avif", ".heic", ".jxl", ".dng"};

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

void sort_in(FolderListing& listing, const fs::directory_entry& entry) {
  std::error_code error;
  // A link that leads nowhere is no folder: it is listed, and reading it says what is wrong.
  if (entry.is_directory(error)) {
    ++listing.subfolders;
    return;
  }
  const auto suffix = lower_case_suffix(entry.path());
  // "._a.png" is what macOS leaves beside a.png on foreign disks: no image.
  if (entry.path().filename().string().starts_with('.')) {
    ++listing.others;
  } else if (is_one_of(suffix, kReadSuffixes)) {
    listing.images.push_back(entry.path());
  } else if (is_one_of(suffix, kOtherImageSuffixes)) {
    listing.unsupported.push_back(entry.path());
  } else {
    ++listing.others;
  }
}

}  // namespace

FolderListing list_images(const fs::path& folder) {
  FolderListing listing;
  listing.folder = folder;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  while (!error && entry != fs::directory_iterator()) {
    sort_in(listing, *entry);
    entry.increment(error);
  }
  if (error) throw ScoringError(folder.string() + ": cannot list the folder: " + error.message());
  std::sort(listing.images.begin(), listing.images.end());
  std::sort(listing.unsupported.begin(), listing.unsupported.end());
  return listing;
}

}  // namespace bench::scoring
