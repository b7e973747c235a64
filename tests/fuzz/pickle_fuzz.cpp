#include "baselines/weights/pickle.h"
#include "baselines/weights/weights_error.h"
#include "tests/fuzz/input.h"

// In a .pth file a checksum stands before the pickle, which damage seldom passes.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  fuzz::refused_or_read<weights::WeightsError>(
      [&] { weights::read_tensor_pickle("file", fuzz::bytes_of(data, size)); });
  fuzz::refused_or_read<weights::WeightsError>(
      [&] { weights::read_tensor_pickle("file", fuzz::bytes_of(data, size), {.all = true}); });
  return 0;
}
