#include "metrics/scoring/folder_listing.h"

#include <algorithm>
#include <string>

#include "datasets/image_format.h"
#include "metrics/scoring/faults.h"

namespace bench::scoring {
namespace {

namespace fs = std::filesystem;

void sort_in(FolderListing& listing, const fs::directory_entry& entry) {
  std::error_code error;
  // A link that leads nowhere is no folder: it is listed, and reading it says what is wrong.
  if (entry.is_directory(error)) {
    ++listing.subfolders;
    return;
  }
  // "._a.png" is what macOS leaves beside a.png on foreign disks: no image.
  if (entry.path().filename().string().starts_with('.')) {
    ++listing.others;
    return;
  }
  switch (datasets::kind_of_file(entry.path())) {
    case datasets::FileKind::kImage:
      listing.images.push_back(entry.path());
      return;
    case datasets::FileKind::kUnsupportedImage:
      listing.unsupported.push_back(entry.path());
      return;
    case datasets::FileKind::kOther:
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
