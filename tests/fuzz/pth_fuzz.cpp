#include "baselines/weights/pth.h"
#include "baselines/weights/tensor_summary.h"
#include "baselines/weights/weights_error.h"
#include "tests/fuzz/input.h"

// Zip archives and the chains of pickles of before PyTorch 1.6.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  fuzz::refused_or_read<weights::WeightsError>([&] {
    const auto file =
        weights::PthFile::from_bytes("file", fuzz::bytes_of(data, size), {.all = true});
    for (const auto& tensor : file.tensors()) weights::summary_of(tensor);
  });
  return 0;
}
