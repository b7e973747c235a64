#include "runner/restore/restore_files.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "core/json/bad_input.h"
#include "datasets/image_file.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

bool is_named_like_an_image(const fs::path& file) {
  std::string suffix = file.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return suffix == ".png" || suffix == ".jpg" || suffix == ".jpeg";
}

std::vector<fs::path> images_in(const fs::path& folder) {
  std::vector<fs::path> images;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && is_named_like_an_image(entry.path())) {
      images.push_back(entry.path());
    }
  }
  if (images.empty()) {
    throw core::BadInput("restore: " + folder.string() + ": this folder has no PNG or JPEG files");
  }
  std::sort(images.begin(), images.end());
  return images;
}

std::vector<fs::path> images_of(const std::vector<fs::path>& in) {
  std::vector<fs::path> images;
  for (const auto& path : in) {
    if (fs::is_directory(path)) {
      const auto inside = images_in(path);
      images.insert(images.end(), inside.begin(), inside.end());
    } else {
      images.push_back(path);
    }
  }
  return images;
}

void require_readable(const fs::path& image) {
  try {
    datasets::inspect_image(image);
  } catch (const datasets::ImageError& error) {
    throw core::BadInput(std::string("restore: ") + error.what());
  }
}

}  // namespace

std::vector<exchange::RestoreFile> restore_files(const std::vector<fs::path>& in,
                                                 const fs::path& out) {
  std::vector<exchange::RestoreFile> files;
  std::map<fs::path, fs::path> taken;  // restored, degraded
  for (const auto& image : images_of(in)) {
    require_readable(image);
    const auto restored = fs::absolute(out) / (image.stem().string() + ".png");
    const auto [other, is_new] = taken.emplace(restored, image);
    if (!is_new) {
      throw core::BadInput("restore: " + other->second.string() + " and " + image.string() +
                           " would both be written to " + restored.string() +
                           ". Restore them into different folders");
    }
    std::error_code ignored;  // of a place that does not exist yet
    if (fs::equivalent(restored, image, ignored)) {
      throw core::BadInput("restore: --out: " + image.string() +
                           " would be overwritten. Choose another folder");
    }
    files.push_back({fs::absolute(image).string(), restored.string()});
  }
  return files;
}

}  // namespace bench::runner
