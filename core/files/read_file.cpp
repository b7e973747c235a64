#include "core/files/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace bench::files {
namespace {

[[noreturn]] void fail_reading(const std::filesystem::path& file, int error) {
  throw FileError(file.string() + ": cannot be read: " + std::generic_category().message(error));
}

}  // namespace

std::string read_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail_reading(file, errno);
  std::string content;
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
    content.reserve(static_cast<std::size_t>(status.st_size) + 1);
  }
  constexpr std::size_t kBlock = 1U << 16U;
  for (;;) {
    const std::size_t had = content.size();
    content.resize(had + kBlock);
    const ssize_t got = ::read(descriptor, content.data() + had, kBlock);
    const int error = errno;
    content.resize(had + static_cast<std::size_t>(got < 0 ? 0 : got));
    if (got == 0) break;
    if (got < 0 && error != EINTR) {
      ::close(descriptor);
      fail_reading(file, error);
    }
  }
  ::close(descriptor);
  return content;
}

}  // namespace bench::files
