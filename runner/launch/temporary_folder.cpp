#include "runner/launch/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace bench::runner {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error(
        name + ": no temporary folder can be made: " + std::generic_category().message(errno) +
        "; set TMPDIR to a place that can be written");
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // what stays behind lies among temporary files
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace bench::runner
