#include "runner/execute/stage_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "core/text/visible_text.h"
#include "runner/execute/verified_files.h"

namespace bench::runner {
namespace {

StoredStage stored_in(const std::filesystem::path& folder, bool just_ended) {
  StoredStage stored;
  try {
    stored.result = exchange::read_result(folder);
    if (!stored.result) return stored;
    stored.damage =
        just_ended ? accept_files(folder, *stored.result) : damage_in(folder, *stored.result);
  } catch (const std::runtime_error& error) {
    stored.damage = error.what();
  }
  if (!stored.damage.empty()) stored.result.reset();
  return stored;
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

StoredStage StageStore::look(const std::string& key) const {
  return stored_in(folder_of(key), /*just_ended=*/false);
}

StoredStage StageStore::look_at_new(const std::string& key) const {
  return stored_in(folder_of(key), /*just_ended=*/true);
}

std::optional<exchange::FolderLock> StageStore::open(
    const std::string& key, exchange::StageRequest request,
    const std::vector<std::pair<std::string, std::string>>& inputs) const {
  const auto folder = folder_of(key);
  std::filesystem::create_directories(folder / exchange::kArtifactsFolder);
  auto lock = exchange::FolderLock::take(folder);
  if (!lock) return std::nullopt;
  std::filesystem::remove(folder / exchange::kFailureFile);
  std::filesystem::remove(folder / exchange::kResultFile);
  for (const auto& [role, input_key] : inputs) {
    const auto relative = std::filesystem::relative(folder_of(input_key), folder);
    request.inputs.push_back({role, relative.generic_string()});
  }
  exchange::write_request(folder, request);
  return lock;
}

StoreLock::StoreLock(const std::filesystem::path& root, const std::string& run_id) {
  std::error_code error;  // what could not be made is told below
  std::filesystem::create_directories(root, error);
  const auto file = root / "lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    throw core::BadInput(file.string() + ": cannot write to this store: " + std::strerror(errno));
  }
  if (!take_lock(descriptor_)) {
    const std::string holder = text::visible_text(files::read_file(file));
    ::close(descriptor_);
    throw core::BadInput(root.string() + ": process " + holder +
                         " is using this store. Wait until it ends, or pass another --store");
  }
  const std::string words = std::to_string(::getpid()) + (run_id.empty() ? "" : " " + run_id);
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, words.data(), words.size(), 0) != static_cast<ssize_t>(words.size())) {
    ::close(descriptor_);
    throw core::BadInput(file.string() + ": cannot write the file: " + std::strerror(errno));
  }
}

StoreLock::~StoreLock() {
  ::close(descriptor_);
}

std::string run_at_work(const std::filesystem::path& root) {
  const int descriptor = ::open((root / "lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return "";
  const bool is_free = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0;
  ::close(descriptor);
  if (is_free) return "";
  std::ifstream file(root / "lock");
  std::string process, run_id;
  std::getline(file, process, ' ');
  std::getline(file, run_id);
  return run_id;
}

}  // namespace bench::runner
