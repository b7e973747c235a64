#include <cstdlib>

#include "metrics/protocol.h"
#include "tests/fuzz/input.h"

// What is read has one canonical text, which is read as the same protocol.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  fuzz::refused_or_read<metrics::InvalidProtocol>([&] {
    const auto protocol = metrics::parse_protocol(fuzz::text_of(data, size));
    const auto text = metrics::to_string(protocol);
    if (metrics::parse_protocol(text) != protocol || metrics::to_string(protocol) != text) {
      std::abort();
    }
  });
  return 0;
}
