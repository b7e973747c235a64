#include "baselines/weights/safetensors.h"
#include "baselines/weights/tensor_summary.h"
#include "baselines/weights/weights_error.h"
#include "tests/fuzz/input.h"

// Every tensor of a file that was read lies within it: the summaries read all of them.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  fuzz::refused_or_read<weights::WeightsError>([&] {
    const auto bytes = fuzz::bytes_of(data, size);
    const auto file = weights::SafetensorsFile::from_bytes("file", {bytes.begin(), bytes.end()});
    for (const auto& tensor : file.tensors()) weights::summary_of(tensor);
  });
  return 0;
}
