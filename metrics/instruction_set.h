#pragma once

#include <vector>

namespace bench::metrics {

/// What the inner loops are compiled for. The definition computed is one and the same; sums of
/// floating-point numbers may round differently in the last digits (below 1e-13 in a score).
/// AVX-512 is left out: 64-byte loads that cross a cache line made SSIM slower than AVX2 (Zen 4).
enum class InstructionSet { kBaseline, kAvx2 };

/// Those that this processor has, the fastest last. `kBaseline` is always there.
const std::vector<InstructionSet>& available_instruction_sets();

inline InstructionSet best_instruction_set() {
  return available_instruction_sets().back();
}

}  // namespace bench::metrics

// Dispatch is by hand and not by `target_clones`: its resolvers run before the sanitizers are set
// up and crash the thread sanitizer, and its "avx2" has no fused multiply-add.
#if defined(__x86_64__) && defined(__GNUC__)
#define BENCH_METRICS_X86 1
#define BENCH_TARGET_AVX2 __attribute__((target("avx2,fma")))
#endif
// A body that is compiled again inside each of the functions above.
#define BENCH_INLINE_BODY [[gnu::always_inline]] inline
// Before a loop whose pointers never overlap: more of them than the compiler cares to check.
#if defined(__clang__)
#define BENCH_INDEPENDENT_ITERATIONS _Pragma("clang loop vectorize(assume_safety)")
#else
#define BENCH_INDEPENDENT_ITERATIONS _Pragma("GCC ivdep")
#endif
