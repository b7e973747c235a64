#include <cstdlib>
#include <stdexcept>

#include "clearer/space/architecture.h"
#include "tests/fuzz/input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  fuzz::refused_or_read<std::invalid_argument>([&] {
    const auto text = fuzz::text_of(data, size);
    if (clearer::to_string(clearer::parse_architecture(text)) != text) std::abort();
  });
  return 0;
}
