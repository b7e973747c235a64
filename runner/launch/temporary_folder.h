#pragma once

#include <filesystem>
#include <string>

namespace bench::runner {

/// An empty folder of its own among the system's temporary files, removed with this object.
class TemporaryFolder {
 public:
  /// \throws std::runtime_error naming the place that cannot be written.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace bench::runner
