#include <cstdlib>

#include "tests/fuzz/input.h"
#include "verdicts/gate/baseline.h"
#include "verdicts/gate/cost_baseline.h"

// Both kinds of baseline; what is read is written and read as the same, but for version 1, which
// does not say whose scores it holds.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  const auto text = fuzz::text_of(data, size);
  fuzz::refused_or_read<verdicts::GateError>([&] {
    const auto baseline = verdicts::parse_baseline(text, "file");
    if (baseline.subject == verdicts::Subject{}) return;
    if (verdicts::parse_baseline(verdicts::to_json_text(baseline), "file") != baseline) {
      std::abort();
    }
  });
  fuzz::refused_or_read<verdicts::GateError>([&] {
    const auto baseline = verdicts::parse_cost_baseline(text, "file");
    if (verdicts::parse_cost_baseline(verdicts::to_json_text(baseline), "file") != baseline) {
      std::abort();
    }
  });
  return 0;
}
