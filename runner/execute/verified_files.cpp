#include "runner/execute/verified_files.h"

#include <optional>
#include <vector>

#include "runner/execute/file_digests.h"

namespace bench::runner {
namespace {

constexpr const char* kVerified = "verified";

struct NamedFile {
  std::filesystem::path path;
  std::int64_t size;
  std::string sha256;
};

std::vector<NamedFile> files_named_by(const exchange::StageResult& result,
                                      const std::filesystem::path& folder) {
  std::vector<NamedFile> files;
  for (const auto& file : result.artifacts) {
    files.push_back({folder / file.path, file.size, file.sha256});
  }
  for (const auto& file : result.data_files) {
    files.push_back({folder / exchange::path_of(file), file.size, file.sha256});
  }
  return files;
}

std::string wrong_size(const NamedFile& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file.path, error);
  if (error) return file.path.string() + " is missing";
  if (size == static_cast<std::uintmax_t>(file.size)) return "";
  return file.path.string() + " has " + std::to_string(size) + " bytes, and had " +
         std::to_string(file.size) + " when it was written";
}

}  // namespace

std::string damage_in(const std::filesystem::path& stage_folder,
                      const exchange::StageResult& result) {
  FileDigests digests(stage_folder / kVerified);
  for (const auto& file : files_named_by(result, stage_folder)) {
    if (auto wrong = wrong_size(file); !wrong.empty()) return wrong;
    const auto found = digests.sha256_of(file.path);
    if (found != file.sha256) {
      return file.path.string() + " was changed since it was written: expected SHA-256 " +
             file.sha256 + ", found " + found;
    }
  }
  digests.save();
  return "";
}

std::string accept_files(const std::filesystem::path& stage_folder,
                         const exchange::StageResult& result) {
  FileDigests digests(stage_folder / kVerified);
  for (const auto& file : files_named_by(result, stage_folder)) {
    if (auto wrong = wrong_size(file); !wrong.empty()) return wrong;
    digests.believe(file.path, file.sha256);
  }
  digests.save();
  return "";
}

}  // namespace bench::runner
