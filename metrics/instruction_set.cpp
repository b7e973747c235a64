#include "metrics/instruction_set.h"

namespace bench::metrics {
namespace {

std::vector<InstructionSet> detect() {
  std::vector<InstructionSet> found{InstructionSet::kBaseline};
#ifdef BENCH_METRICS_X86
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx2) found.push_back(InstructionSet::kAvx2);
  if (avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    found.push_back(InstructionSet::kAvx512);
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
