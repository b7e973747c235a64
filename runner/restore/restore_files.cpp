#include "runner/restore/restore_files.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "datasets/picture_file.h"
#include "runner/experiment/bad_input.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

bool is_named_like_a_picture(const fs::path& file) {
  std::string suffix = file.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return suffix == ".png" || suffix == ".jpg" || suffix == ".jpeg";
}

std::vector<fs::path> pictures_in(const fs::path& folder) {
  std::vector<fs::path> pictures;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && is_named_like_a_picture(entry.path())) {
      pictures.push_back(entry.path());
    }
  }
  if (pictures.empty()) {
    throw BadInput("restore: " + folder.string() +
                   ": expected PNG or JPEG files in this folder, found none");
  }
  std::sort(pictures.begin(), pictures.end());
  return pictures;
}

std::vector<fs::path> pictures_of(const std::vector<fs::path>& in) {
  std::vector<fs::path> pictures;
  for (const auto& path : in) {
    if (fs::is_directory(path)) {
      const auto inside = pictures_in(path);
      pictures.insert(pictures.end(), inside.begin(), inside.end());
    } else {
      pictures.push_back(path);
    }
  }
  return pictures;
}

void require_readable(const fs::path& picture) {
  try {
    datasets::inspect_picture(picture);
  } catch (const datasets::PictureError& error) {
    throw BadInput(std::string("restore: ") + error.what());
  }
}

}  // namespace

std::vector<stage_files::RestoreFile> restore_files(const std::vector<fs::path>& in,
                                                    const fs::path& out) {
  std::vector<stage_files::RestoreFile> files;
  std::map<fs::path, fs::path> taken;  // restored, degraded
  for (const auto& picture : pictures_of(in)) {
    require_readable(picture);
    const auto restored = fs::absolute(out) / (picture.stem().string() + ".png");
    const auto [other, is_new] = taken.emplace(restored, picture);
    if (!is_new) {
      throw BadInput("restore: expected pictures of different names, found " +
                     other->second.string() + " and " + picture.string() +
                     ", which would both become " + restored.string() +
                     "; restore them into two folders");
    }
    std::error_code ignored;  // of a place that does not exist yet
    if (fs::equivalent(restored, picture, ignored)) {
      throw BadInput("restore: --out: expected another folder than that of " + picture.string() +
                     ", which would be overwritten");
    }
    files.push_back({fs::absolute(picture).string(), restored.string()});
  }
  return files;
}

}  // namespace bench::runner
