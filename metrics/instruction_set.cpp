#include "metrics/instruction_set.h"

namespace bench::metrics {
namespace {

std::vector<InstructionSet> detect() {
  std::vector<InstructionSet> found{InstructionSet::kBaseline};
#ifdef BENCH_METRICS_X86
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    found.push_back(InstructionSet::kAvx2);
  }
#endif
  return found;
}

}  // namespace

const std::vector<InstructionSet>& available_instruction_sets() {
  static const std::vector<InstructionSet> sets = detect();
  return sets;
}

}  // namespace bench::metrics
