#include "training/kernels/kernel_variant.h"

#include <cstdlib>
#include <stdexcept>

#include "training/kernels/vector_targets.h"

namespace bench::training {
namespace {

[[noreturn]] void refuse(const std::string& expected, const char* found) {
  throw std::invalid_argument(std::string(kKernelsVariable) + ": expected " + expected +
                              ", found \"" + found + "\". Unset it for the widest variant");
}

}  // namespace

KernelVariant widest_variant() {
#ifdef BENCH_HAS_X86_KERNELS
  if (can_execute_avx512()) return KernelVariant::kAvx512;
  if (can_execute_avx2()) return KernelVariant::kAvx2;
#endif
  return KernelVariant::kPlain;
}

KernelVariant variant_named(const char* name, KernelVariant widest) {
  if (name == nullptr) return widest;
  const auto variant = text::value_of<KernelVariant>(name);
  if (!variant) refuse("avx512, avx2 or plain", name);
  if (*variant > widest) {
    refuse("a variant that this processor can execute, at most " + text::name_of(widest), name);
  }
  return *variant;
}

KernelVariant kernel_variant() {
  static const KernelVariant variant =
      variant_named(std::getenv(kKernelsVariable), widest_variant());
  return variant;
}

bool has_bfloat16_kernels() {
#ifdef BENCH_HAS_X86_KERNELS
  return kernel_variant() == KernelVariant::kAvx512 && can_execute_avx512_bf16();
#else
  return false;
#endif
}

std::string kernels_text() {
  return text::name_of(kernel_variant()) + (has_bfloat16_kernels() ? " with bf16" : "");
}

}  // namespace bench::training
