#include "stages/kept_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace bench::stages {
namespace {

constexpr std::int64_t kAlwaysKept = 64 << 20;  ///< too little to be worth the page faults

/// 0 where the system does not say.
std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t all = 0, resident = 0;
  if (!(file >> all >> resident)) return 0;
  return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace

KeptMemory::KeptMemory() : resident_before_(resident_bytes()) {}

void KeptMemory::after_image() {
  const auto grown = resident_bytes() - resident_before_;
  if (need_ == 0) {
    need_ = std::max<std::int64_t>(grown, 1);
    return;
  }
  if (grown <= need_ + need_ / 4 + kAlwaysKept) return;
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
  need_ = 0;
}

}  // namespace bench::stages
