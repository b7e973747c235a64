#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace bench::runner {

/// SHA-256 of files that lie anywhere, noted in a file of the store: what was read once is not read
/// again as long as its identity (file_identity.h) is the same.
class FileDigests {
 public:
  /// \param notes  may be missing, and may be deleted
  explicit FileDigests(std::filesystem::path notes);

  /// \throws std::runtime_error naming the file that cannot be read.
  std::string sha256_of(const std::filesystem::path& file);

  /// Notes the digest that its writer has just computed. A file that is not there is passed over.
  void believe(const std::filesystem::path& file, const std::string& sha256);

  /// Keeps what is new. Where that cannot be written, the files are read again next time.
  void save() const;

 private:
  std::filesystem::path notes_file_;
  std::map<std::string, std::string> notes_;  ///< by path: identity and digest
  bool changed_ = false;
};

}  // namespace bench::runner
