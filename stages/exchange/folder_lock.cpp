#include "stages/exchange/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>

namespace bench::exchange {
namespace {

constexpr const char* kLockFile = "lock";

}  // namespace

std::optional<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  const auto file = folder / kLockFile;
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    throw std::runtime_error(file.string() + ": opening: " + std::strerror(errno));
  }
  FolderLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  lock.name_holder(::getpid());
  return lock;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FolderLock::name_holder(pid_t process) const {
  const std::string text = std::to_string(process);
  // Only for a message: whether it could be written changes nothing.
  if (::ftruncate(descriptor_, 0) == 0) {
    [[maybe_unused]] const auto written = ::pwrite(descriptor_, text.data(), text.size(), 0);
  }
}

std::string holder_of(const std::filesystem::path& folder) {
  std::ifstream file(folder / kLockFile);
  std::string process;
  file >> process;
  return process.empty() ? "unknown" : process;
}

}  // namespace bench::exchange
