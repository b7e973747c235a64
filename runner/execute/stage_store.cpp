#include "runner/execute/stage_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"

namespace bench::runner {
namespace {

bool artifacts_are_whole(const std::filesystem::path& folder, const exchange::StageResult& result) {
  for (const auto& artifact : result.artifacts) {
    std::error_code error;
    const auto size = std::filesystem::file_size(folder / artifact.path, error);
    if (error || size != static_cast<std::uintmax_t>(artifact.size)) return false;
  }
  return true;
}

// Tries for a moment: who asks whether the store is in use holds the lock that long.
bool take_lock(int descriptor) {
  constexpr int kTries = 5;
  for (int i = 0; i < kTries; ++i) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

StageStore::StageStore(std::filesystem::path root) : root_(std::move(root)) {}

std::filesystem::path StageStore::folder_of(const std::string& key) const {
  return root_ / "store" / key.substr(0, 2) / key.substr(2);
}

std::optional<exchange::StageResult> StageStore::result_of(const std::string& key) const {
  const auto folder = folder_of(key);
  auto result = exchange::read_result(folder);
  if (!result || !artifacts_are_whole(folder, *result)) return std::nullopt;
  return result;
}

void StageStore::open(const std::string& key, exchange::StageRequest request,
                      const std::vector<std::pair<std::string, std::string>>& inputs) const {
  const auto folder = folder_of(key);
  std::filesystem::create_directories(folder / exchange::kArtifactsFolder);
  std::filesystem::remove(folder / exchange::kFailureFile);
  std::filesystem::remove(folder / exchange::kResultFile);
  for (const auto& [role, input_key] : inputs) {
    const auto relative = std::filesystem::relative(folder_of(input_key), folder);
    request.inputs.push_back({role, relative.generic_string()});
  }
  exchange::write_request(folder, request);
}

StoreLock::StoreLock(const std::filesystem::path& root) {
  std::error_code error;  // what could not be made is told below
  std::filesystem::create_directories(root, error);
  const auto file = root / "lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    throw core::BadInput(file.string() + ": cannot write to this store: " + std::strerror(errno));
  }
  if (!take_lock(descriptor_)) {
    const std::string holder = files::read_file(file);
    ::close(descriptor_);
    throw core::BadInput(root.string() + ": process " + holder +
                         " is using this store. Wait until it ends, or pass another --store");
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    ::close(descriptor_);
    throw core::BadInput(file.string() + ": cannot write the file: " + std::strerror(errno));
  }
}

StoreLock::~StoreLock() {
  ::close(descriptor_);
}

bool is_in_use(const std::filesystem::path& root) {
  const int descriptor = ::open((root / "lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool is_free = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0;
  ::close(descriptor);
  return !is_free;
}

}  // namespace bench::runner
