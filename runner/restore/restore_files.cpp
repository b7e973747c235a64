#include "runner/restore/restore_files.h"

#include <algorithm>
#include <map>

#include "core/json/bad_input.h"
#include "core/json/json_text.h"
#include "datasets/image_file.h"
#include "datasets/image_format.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> images_in(const fs::path& folder) {
  std::vector<fs::path> images;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto& file = entry.path();
    if (!entry.is_regular_file() || file.filename().string().starts_with('.')) continue;
    const auto kind = datasets::kind_of_file(file);
    if (kind == datasets::FileKind::kImage) images.push_back(file);
    if (kind == datasets::FileKind::kUnsupportedImage) {
      throw core::BadInput("restore: " + file.string() +
                           ": only PNG and JPEG images can be read. " +
                           "Convert it to PNG, or name the images instead of their folder");
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

// All of them, before the first is restored: a damaged one at the end of a long list would
// otherwise be told hours later. Every bad one is named, so that one look is enough.
void require_readable(const std::vector<fs::path>& images, const datasets::ReadOptions& options) {
  std::vector<std::string> faults;
  for (const auto& image : images) {
    try {
      core::json_text_of(image);
      datasets::read_image(image, options);
    } catch (const std::runtime_error& error) {
      faults.emplace_back(error.what());
    }
  }
  if (faults.empty()) return;
  constexpr std::size_t kShown = 10;
  std::string text = "restore: " + faults.front();
  for (std::size_t i = 1; i < std::min(kShown, faults.size()); ++i) text += "\n  " + faults[i];
  if (faults.size() > kShown) text += "\n  and " + std::to_string(faults.size() - kShown) + " more";
  if (images.size() > 1) {
    text += "\nNothing was restored: " + std::to_string(faults.size()) + " of " +
            std::to_string(images.size()) + " images cannot be read. Repair or leave them out.";
  }
  throw core::BadInput(text);
}

}  // namespace

std::vector<exchange::RestoreFile> restore_files(const std::vector<fs::path>& in,
                                                 const fs::path& out,
                                                 const datasets::ReadOptions& options) {
  std::vector<exchange::RestoreFile> files;
  std::map<fs::path, fs::path> taken;  // restored, degraded
  const auto images = images_of(in);
  require_readable(images, options);
  for (const auto& image : images) {
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
