#include <stdexcept>

#include "stages/exchange/events.h"
#include "stages/exchange/result.h"
#include "tests/fuzz/input.h"

// What a stage leaves in its folder: the first byte says in which of its files.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  if (size == 0) return 0;
  const auto text = fuzz::text_of(data + 1, size - 1);
  switch (data[0] % 3) {
    case 0: {
      const auto folder = fuzz::folder_with(exchange::kResultFile, text);
      fuzz::refused_or_read<std::runtime_error>([&] { exchange::read_result(folder); });
      break;
    }
    case 1:
      exchange::read_failure(fuzz::folder_with(exchange::kFailureFile, text));
      break;
    default:
      exchange::read_events(fuzz::folder_with(exchange::kEventsFile, text), 0);
  }
  return 0;
}
