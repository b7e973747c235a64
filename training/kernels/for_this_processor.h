#pragma once

#include "training/kernels/kernel_variant.h"
#include "training/kernels/vector_targets.h"

/// For loops that the compiler vectorizes by itself: one body, compiled for each variant.
namespace bench::training {

#ifdef BENCH_HAS_X86_KERNELS
template <auto kBody, typename... Arguments>
BENCH_AVX512 void body_in_avx512(Arguments... arguments) {
  kBody(arguments...);
}

template <auto kBody, typename... Arguments>
BENCH_AVX2 void body_in_avx2(Arguments... arguments) {
  kBody(arguments...);
}
#endif

/// Calls the body as it is compiled for the variant in use.
/// \tparam kBody  a function that is BENCH_INLINE: else it would be compiled once, for any of them
template <auto kBody, typename... Arguments>
void for_this_processor(Arguments... arguments) {
#ifdef BENCH_HAS_X86_KERNELS
  switch (kernel_variant()) {
    case KernelVariant::kAvx512:
      return body_in_avx512<kBody>(arguments...);
    case KernelVariant::kAvx2:
      return body_in_avx2<kBody>(arguments...);
    case KernelVariant::kPlain:
      break;
  }
#endif
  kBody(arguments...);
}

}  // namespace bench::training
