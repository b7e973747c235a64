#include "datasets/adopt.h"

#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "core/digest/sha256.h"
#include "core/files/write_file.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;
using Content = std::pair<std::uint64_t, std::string>;  // size, SHA-256

// Only files of a size that the manifest names are hashed: clones hold much else.
std::map<Content, fs::path> wanted_files(const Manifest& manifest, const fs::path& source) {
  std::set<std::uint64_t> sizes;
  for (const ManifestEntry& entry : manifest) sizes.insert(entry.bytes);
  std::map<Content, fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    if (!entry.is_regular_file() || !sizes.contains(entry.file_size())) continue;
    found.emplace(Content{entry.file_size(), digest::sha256_hex_of_file(entry.path())},
                  entry.path());
  }
  return found;
}

bool is_there(const ManifestEntry& entry, const fs::path& file) {
  std::error_code error;
  return fs::file_size(file, error) == entry.bytes && !error &&
         digest::sha256_hex_of_file(file) == entry.sha256;
}

void copy_whole(const fs::path& from, const fs::path& to) {
  files::make_folders(to.parent_path());
  files::copy_content(from, to);
}

}  // namespace

Adoption adopt_files(const Manifest& manifest, const std::filesystem::path& source,
                     const std::filesystem::path& destination) {
  Adoption adoption;
  try {
    const auto found = wanted_files(manifest, source);
    for (const ManifestEntry& entry : manifest) {
      const fs::path file = destination / entry.path;
      const auto content = found.find({entry.bytes, entry.sha256});
      if (is_there(entry, file)) {
        ++adoption.already_there;
      } else if (content == found.end()) {
        adoption.missing.push_back(entry.path);
      } else {
        copy_whole(content->second, file);
        ++adoption.copied;
      }
    }
  } catch (const std::runtime_error& error) {  // of the file system, or of core/files
    throw ManifestError("copying from " + source.string() + " to " + destination.string() + ": " +
                        error.what());
  }
  return adoption;
}

}  // namespace bench::datasets
