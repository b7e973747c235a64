#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench::datasets {

/// One file of a data set.
struct ManifestEntry {
  std::string path;  ///< below the data set's folder, with '/'
  std::uint64_t bytes = 0;
  std::string sha256;  ///< 64 lower-case hexadecimal digits

  friend bool operator==(const ManifestEntry&, const ManifestEntry&) = default;
};

/// The files of a data set in order of path. Text form: one line a file, path, size and hash
/// separated by tabs; lines beginning with '#' are comments.
using Manifest = std::vector<ManifestEntry>;

/// A manifest that cannot be read: the message names it and the line.
class ManifestError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string to_text(const Manifest& manifest);

/// \param name  stands for the file in messages.
/// \throws ManifestError for a line that is not path, size, hash; a path twice, absolute or with
///         "..".
Manifest parse_manifest(std::string_view text, std::string_view name);

/// Hashes every file below `folder` (hidden ones left out).
/// \throws ManifestError if the folder cannot be read.
Manifest manifest_of_folder(const std::filesystem::path& folder);

/// Hashes these files. \param paths  below `folder`. \throws ManifestError
Manifest manifest_of_files(const std::filesystem::path& folder,
                           const std::vector<std::string>& paths);

enum class ProblemKind : std::uint8_t { kMissing, kSize, kHash, kUnexpected, kUnreadable };

/// One difference between a folder and its manifest.
struct Problem {
  ProblemKind kind;
  std::string path;
  std::string detail;  ///< e.g. "expected 6113 bytes, found 0"

  friend bool operator==(const Problem&, const Problem&) = default;
};

/// "missing", "size", "hash", "unexpected" or "unreadable".
std::string_view to_string(ProblemKind kind);

/// Compares the files that `manifest` names, whatever else lies beside them.
std::vector<Problem> verify_files(const Manifest& manifest, const std::filesystem::path& folder);

/// Compares `folder` with `manifest`: an empty list means that they are the same.
std::vector<Problem> verify_folder(const Manifest& manifest, const std::filesystem::path& folder);

/// SHA-256 of the manifest's text: one value that stands for all the files' bytes.
std::string manifest_sha256(const Manifest& manifest);

}  // namespace bench::datasets
