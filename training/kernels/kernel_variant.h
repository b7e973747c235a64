#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/text/choices.h"

/// The kernels are compiled several times, for processors of unlike instruction sets. The variants
/// agree within float rounding, not to the last bit: a result's provenance says which one it is of.
namespace bench::training {

enum class KernelVariant : std::uint8_t {
  kPlain,   ///< for any processor; convolutions are LibTorch's
  kAvx2,    ///< x86-64-v3
  kAvx512,  ///< x86-64-v4; convolutions in bfloat16 also need AVX512-BF16
};
constexpr auto choices_of(KernelVariant) {
  return std::to_array<text::Choice<KernelVariant>>({{KernelVariant::kPlain, "plain"},
                                                     {KernelVariant::kAvx2, "avx2"},
                                                     {KernelVariant::kAvx512, "avx512"}});
}

/// The environment variable that forces a variant, for tests and for bisecting a difference.
inline constexpr const char* kKernelsVariable = "BENCH_KERNELS";

/// The last of the variants that this processor can execute.
KernelVariant widest_variant();

/// The variant of that name, or the widest for null.
/// \param widest  that the processor can execute
/// \throws std::invalid_argument for a name that is unknown or of a wider variant
KernelVariant variant_named(const char* name, KernelVariant widest);

/// What this process uses: the variable's, else the widest. \throws as `variant_named`
KernelVariant kernel_variant();

/// Whether this process has the kernels of convolutions in bfloat16.
bool has_bfloat16_kernels();

/// For records: "avx512 with bf16", "avx2", ...
std::string kernels_text();

}  // namespace bench::training
