#include "runner/execute/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/json/bad_input.h"
#include "core/text/visible_text.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

constexpr long kRenewEvery = 10;  // seconds
constexpr long kLease = 60;       // without a renewal the machine is gone

fs::path lock_file(const fs::path& store, const std::string& run_id) {
  return store / "runs" / (run_id + ".lock");
}

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  file >> id;
  return id;
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof(name) - 1) == 0 ? name : "unknown";
}

long seconds_now() {
  using std::chrono::steady_clock;
  return std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now().time_since_epoch())
      .count();
}

// Tries for a moment: who asks whether a run is at work holds the lock that long.
bool try_lock(int descriptor, int operation) {
  constexpr int kTries = 5;
  for (int i = 0; i < kTries; ++i) {
    if (::flock(descriptor, operation | LOCK_NB) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// The file that a descriptor of another process of this machine leads to is the lock's.
bool has_open(pid_t process, const fs::path& file) {
  struct stat own {};
  if (::stat(file.c_str(), &own) != 0) return false;
  std::error_code error;
  const fs::path descriptors = "/proc/" + std::to_string(process) + "/fd";
  for (fs::directory_iterator it(descriptors, error), end; !error && it != end;
       it.increment(error)) {
    struct stat other {};
    if (::stat(it->path().c_str(), &other) == 0 && other.st_ino == own.st_ino &&
        other.st_dev == own.st_dev) {
      return true;
    }
  }
  return false;
}

std::vector<RunHolder> named_in(const fs::path& file) {
  std::vector<RunHolder> holders;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    RunHolder holder;
    if (words >> holder.process >> holder.boot_id >> holder.host && holder.process > 1) {
      holder.host = text::visible_text(holder.host);
      holders.push_back(holder);
    }
  }
  return holders;
}

}  // namespace

RunLock::RunLock(const fs::path& store, const std::string& run_id)
    : file_(lock_file(store, run_id)) {
  std::error_code ignored;  // what could not be made is told below
  fs::create_directories(file_.parent_path(), ignored);
  descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0644);
  if (descriptor_ < 0) {
    throw core::BadInput(file_.string() + ": cannot write to this store: " + std::strerror(errno));
  }
  first_ = try_lock(descriptor_, LOCK_EX);
  if (first_) {
    // Whoever stands here died.
    [[maybe_unused]] const int truncated = ::ftruncate(descriptor_, 0);
  } else {
    // Until it is on record by the one who is first.
    while (::flock(descriptor_, LOCK_SH) != 0 && errno == EINTR) {
    }
  }
  const std::string line = std::to_string(::getpid()) + " " + boot_id() + " " + host_name() + "\n";
  // Only for messages and `bench cancel`: whether it could be written changes nothing.
  [[maybe_unused]] const auto written = ::write(descriptor_, line.data(), line.size());
  renewed_ = seconds_now();
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void RunLock::share() {
  if (first_) ::flock(descriptor_, LOCK_SH);
}

void RunLock::renew() {
  if (seconds_now() - renewed_ < kRenewEvery) return;
  renewed_ = seconds_now();
  ::futimens(descriptor_, nullptr);
}

bool RunLock::leave() {
  if (!try_lock(descriptor_, LOCK_EX)) {
    ::close(descriptor_);
    descriptor_ = -1;
    return false;
  }
  // The lease ends at once, also for machines that do not see the lock.
  [[maybe_unused]] const int truncated = ::ftruncate(descriptor_, 0);
  return true;
}

bool is_at_work(const fs::path& store, const std::string& run_id) {
  const auto file = lock_file(store, run_id);
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  // NFS gives no such lock to a descriptor that may only read: then the lease decides.
  const bool is_held = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  struct stat facts {};
  const bool has_facts = ::fstat(descriptor, &facts) == 0;
  ::close(descriptor);
  if (is_held) return true;
  const auto holders = named_in(file);
  const bool is_elsewhere = std::any_of(holders.begin(), holders.end(),
                                        [](const auto& holder) { return !is_here(holder); });
  return is_elsewhere && has_facts && ::time(nullptr) - facts.st_mtime < kLease;
}

bool is_here(const RunHolder& holder) {
  return holder.boot_id == boot_id();
}

std::vector<RunHolder> holders_of(const fs::path& store, const std::string& run_id) {
  const auto file = lock_file(store, run_id);
  auto holders = named_in(file);
  std::erase_if(holders, [&](const RunHolder& holder) {
    return is_here(holder) && !has_open(holder.process, file);
  });
  return holders;
}

void remove_run_lock(const fs::path& store, const std::string& run_id) {
  std::error_code ignored;
  fs::remove(lock_file(store, run_id), ignored);
}

}  // namespace bench::runner
