#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace bench::exchange {

/// A stage's folder has one writer: who holds its lock. The lock belongs to an open descriptor, so
/// a process that inherits the descriptor holds it until its own end, however that comes.
class FolderLock {
 public:
  /// Takes the lock without waiting. \returns nothing while another process holds it.
  /// \throws std::runtime_error if the folder cannot be written.
  static std::optional<FolderLock> take(const std::filesystem::path& folder);

  FolderLock(FolderLock&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
  }
  FolderLock& operator=(FolderLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~FolderLock();

  /// For a child process, which must inherit it.
  int descriptor() const { return descriptor_; }

  /// Who is named to others that ask for the lock. In place of this process, which is named first.
  void name_holder(pid_t process) const;

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

/// The process that took the lock of the folder last, as text; "unknown" if there was none.
std::string holder_of(const std::filesystem::path& folder);

}  // namespace bench::exchange
