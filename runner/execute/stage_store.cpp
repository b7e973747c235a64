#include "runner/execute/stage_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "core/text/visible_text.h"
#include "runner/execute/verified_files.h"
#include "runner/launch/slurm_array.h"

namespace bench::runner {
namespace {

// The kernel's list knows who holds a lock of this machine; the file, who took it last.
std::string holder_of_lock(int descriptor, const std::filesystem::path& file) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) == 0) {
    const std::string place = ":" + std::to_string(facts.st_ino) + " ";
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);) {
      std::istringstream words(line);
      std::string number, type, mode, access, process;
      words >> number >> type >> mode >> access >> process;
      const bool fits = type == "FLOCK" && line.find(place) != std::string::npos;
      if (fits && process != "0" && process != "-1") return process;
    }
  }
  return text::visible_text(files::read_file(file));
}

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

std::optional<exchange::FolderLock> StageStore::lock(const std::string& key) const {
  const auto folder = folder_of(key);
  std::filesystem::create_directories(folder / exchange::kArtifactsFolder);
  return exchange::FolderLock::take(folder);
}

void StageStore::open(const std::string& key, exchange::StageRequest request,
                      const std::vector<std::pair<std::string, std::string>>& inputs) const {
  const auto folder = folder_of(key);
  std::filesystem::remove(folder / kAttemptFile);  // a job that still waits comes too late
  std::filesystem::remove(folder / exchange::kFailureFile);
  std::filesystem::remove(folder / exchange::kResultFile);
  for (const auto& [role, input_key] : inputs) {
    const auto relative = std::filesystem::relative(folder_of(input_key), folder);
    request.inputs.push_back({role, relative.generic_string()});
  }
  exchange::write_request(folder, request);
}

StoreLock::StoreLock(const std::filesystem::path& root, Use use) {
  std::error_code error;  // what could not be made is told below
  std::filesystem::create_directories(root, error);
  const auto file = root / "lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    throw core::BadInput(file.string() + ": cannot write to this store: " + std::strerror(errno));
  }
  if (::flock(descriptor_, (use == Use::kAlone ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
    const std::string holder = holder_of_lock(descriptor_, file);
    ::close(descriptor_);
    throw core::BadInput(root.string() + ": process " + holder +
                         " is using this store. Wait until it ends, or pass another --store");
  }
  const std::string words = std::to_string(::getpid());
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, words.data(), words.size(), 0) != static_cast<ssize_t>(words.size())) {
    ::close(descriptor_);
    throw core::BadInput(file.string() + ": cannot write the file: " + std::strerror(errno));
  }
}

StoreLock::~StoreLock() {
  ::close(descriptor_);
}

}  // namespace bench::runner
