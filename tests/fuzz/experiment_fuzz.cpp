#include "core/json/bad_input.h"
#include "runner/experiment/experiment.h"
#include "tests/fuzz/input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  const auto folder = fuzz::folder_with("experiment.json", fuzz::text_of(data, size));
  fuzz::refused_or_read<core::BadInput>(
      [&] { runner::read_experiment(folder / "experiment.json", {}); });
  return 0;
}
