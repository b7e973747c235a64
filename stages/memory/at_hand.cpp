#include "stages/memory/at_hand.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace bench::memory {
namespace {

void lower(std::optional<std::int64_t>& least, std::optional<std::int64_t> other) {
  if (other) least = least ? std::min(*least, *other) : *other;
}

std::optional<std::int64_t> first_number(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::int64_t number = 0;
  if (stream >> number) return number;  // "max" is none
  return std::nullopt;
}

/// A row of meminfo or of /proc/self/status, which are in KiB.
std::optional<std::int64_t> bytes_of_row(const std::filesystem::path& file,
                                         const std::string& name) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with(name + ":")) continue;
    std::istringstream rest(line.substr(name.size() + 1));
    std::int64_t kibi = 0;
    if (rest >> kibi) return kibi * 1024;
  }
  return std::nullopt;
}

/// What a limit on mapped bytes leaves resident: not all that is mapped is resident.
std::optional<std::int64_t> left_by(int resource, const char* mapped_row, std::int64_t resident) {
  rlimit limit{};
  const auto mapped = bytes_of_row("/proc/self/status", mapped_row);
  if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || !mapped) {
    return std::nullopt;
  }
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(limit.rlim_cur) - *mapped + resident);
}

}  // namespace

std::optional<std::int64_t> free_bytes(const std::filesystem::path& meminfo,
                                       const std::filesystem::path& control_group,
                                       std::int64_t resident) {
  std::optional<std::int64_t> least;
  if (const auto available = bytes_of_row(meminfo, "MemAvailable")) lower(least, *available);
  const auto limit = first_number(control_group / "memory.max");
  const auto used = first_number(control_group / "memory.current");
  if (limit && used) lower(least, std::max<std::int64_t>(0, *limit - *used));
  if (!least) return std::nullopt;
  return *least + resident;
}

std::optional<std::int64_t> bytes_at_hand() {
  const auto resident = bytes_of_row("/proc/self/status", "VmRSS").value_or(0);
  auto least = free_bytes("/proc/meminfo", "/sys/fs/cgroup", resident);
  lower(least, left_by(RLIMIT_AS, "VmSize", resident));
  lower(least, left_by(RLIMIT_DATA, "VmData", resident));
  return least;
}

void limit_data(std::int64_t bytes) {
  const auto mapped = bytes_of_row("/proc/self/status", "VmData");
  rlimit limit{};
  if (!mapped || ::getrlimit(RLIMIT_DATA, &limit) != 0) return;
  const auto wanted = static_cast<rlim_t>(*mapped + bytes);
  if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur <= wanted) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(wanted, limit.rlim_max);
  ::setrlimit(RLIMIT_DATA, &limit);
}

}  // namespace bench::memory
