#include "tests/fuzz/decoded.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bench::fuzz::decode(data, size);
  return 0;
}
