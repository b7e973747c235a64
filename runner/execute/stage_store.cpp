#include "runner/execute/stage_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "runner/experiment/bad_input.h"
#include "stage_files/atomic_file.h"

namespace bench::runner {
namespace {

bool artifacts_are_whole(const std::filesystem::path& folder,
                         const stage_files::StageResult& result) {
  for (const auto& artifact : result.artifacts) {
    std::error_code error;
    const auto size = std::filesystem::file_size(folder / artifact.path, error);
    if (error || size != static_cast<std::uintmax_t>(artifact.size)) return false;
  }
  return true;
}

}  // namespace

StageStore::StageStore(std::filesystem::path root) : root_(std::move(root)) {}

std::filesystem::path StageStore::folder_of(const std::string& key) const {
  return root_ / "store" / key.substr(0, 2) / key.substr(2);
}

std::optional<stage_files::StageResult> StageStore::result_of(const std::string& key) const {
  const auto folder = folder_of(key);
  auto result = stage_files::read_result(folder);
  if (!result || !artifacts_are_whole(folder, *result)) return std::nullopt;
  return result;
}

void StageStore::open(const std::string& key, stage_files::StageRequest request,
                      const std::vector<std::pair<std::string, std::string>>& inputs) const {
  const auto folder = folder_of(key);
  std::filesystem::create_directories(folder / stage_files::kArtifactsFolder);
  std::filesystem::remove(folder / stage_files::kFailureFile);
  std::filesystem::remove(folder / stage_files::kResultFile);
  for (const auto& [role, input_key] : inputs) {
    const auto relative = std::filesystem::relative(folder_of(input_key), folder);
    request.inputs.push_back({role, relative.generic_string()});
  }
  stage_files::write_request(folder, request);
}

StoreLock::StoreLock(const std::filesystem::path& root) {
  std::error_code error;  // what could not be made is told below
  std::filesystem::create_directories(root, error);
  const auto file = root / "lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    throw BadInput(file.string() +
                   ": expected a store that can be written, found: " + std::strerror(errno));
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const std::string holder = stage_files::read_text(file);
    ::close(descriptor_);
    throw BadInput(root.string() + ": expected a store that no run is using, found process " +
                   holder + " at work; wait for it, or use another --store");
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    ::close(descriptor_);
    throw BadInput(file.string() + ": cannot be written: " + std::strerror(errno));
  }
}

StoreLock::~StoreLock() {
  ::close(descriptor_);
}

}  // namespace bench::runner
