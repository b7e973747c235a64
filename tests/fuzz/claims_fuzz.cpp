#include "core/json/bad_input.h"
#include "tests/fuzz/input.h"
#include "verdicts/claims/claims.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  const auto folder = fuzz::folder_with("claims.json", fuzz::text_of(data, size));
  fuzz::refused_or_read<core::BadInput>([&] { verdicts::read_claims(folder / "claims.json"); });
  return 0;
}
