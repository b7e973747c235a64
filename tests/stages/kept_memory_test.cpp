#include "stages/kept_memory.h"

#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <fstream>
#include <limits>
#include <memory>

namespace bench::stages {
namespace {

constexpr std::int64_t kMebibyte = 1 << 20;

std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t all = 0, resident = 0;
  file >> all >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

/// What an image of that size leaves behind: freed, but kept by the heap as in bench-stage.
void work_on_image(std::int64_t bytes) {
  constexpr std::int64_t kPage = 4096;
  const auto block = std::make_unique_for_overwrite<char[]>(static_cast<std::size_t>(bytes));
  volatile char* touched = block.get();  // else the compiler leaves out what nobody reads
  for (std::int64_t at = 0; at < bytes; at += kPage) touched[at] = 1;
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(KeptMemory, IsGivenBackWhereItGrewBeyondWhatAnImageNeeds) {
  ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
  ::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  ::malloc_trim(0);
  const auto before = resident_bytes();
  KeptMemory kept;
  work_on_image(100 * kMebibyte);
  kept.after_image();
  EXPECT_GT(resident_bytes(), before + 90 * kMebibyte) << "the next image asks for the same";
  work_on_image(100 * kMebibyte);
  kept.after_image();
  EXPECT_GT(resident_bytes(), before + 90 * kMebibyte);
  work_on_image(500 * kMebibyte);
  kept.after_image();
  EXPECT_LT(resident_bytes(), before + 50 * kMebibyte);
}
#endif

}  // namespace
}  // namespace bench::stages
