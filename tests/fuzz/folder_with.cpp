#include <stdlib.h>

#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/fuzz/input.h"

namespace bench::fuzz {
namespace {

// In memory where there is such a place: the disk would be slower than any parser.
std::filesystem::path own_folder() {
  const bool has_memory = std::filesystem::is_directory("/dev/shm");
  std::string pattern = has_memory ? "/dev/shm/bench-fuzz-XXXXXX" : "/tmp/bench-fuzz-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error(pattern + ": cannot be made");
  return pattern;
}

class Folder {
 public:
  Folder() : path_(own_folder()) {}
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

std::filesystem::path folder_with(const char* name, std::string_view content) {
  static const Folder folder;
  std::ofstream stream(folder.path() / name, std::ios::binary | std::ios::trunc);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  return folder.path();
}

}  // namespace bench::fuzz
