#pragma once

#define BENCH_INLINE __attribute__((always_inline)) inline

#if defined(__x86_64__) && defined(__GNUC__)
#define BENCH_HAS_X86_KERNELS
#define BENCH_AVX512 __attribute__((target("arch=x86-64-v4")))
#define BENCH_AVX512_BF16 __attribute__((target("arch=x86-64-v4,avx512bf16")))
#define BENCH_AVX2 __attribute__((target("arch=x86-64-v3")))

namespace bench::training {

/// `Lanes` floats in a register.
template <int Lanes>
struct Vector {
  using Type __attribute__((vector_size(Lanes * sizeof(float)))) = float;
};

// By reference: what vectors are passed in depends on the processor. Memory need not be aligned.
template <typename Type>
BENCH_INLINE void load(const float* from, Type& value) {
  __builtin_memcpy(&value, from, sizeof value);
}

template <typename Type>
BENCH_INLINE void store_vector(const Type& value, float* to) {
  __builtin_memcpy(to, &value, sizeof value);
}

inline bool can_execute_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512cd");
}

inline bool can_execute_avx512_bf16() {
  return can_execute_avx512() && __builtin_cpu_supports("avx512bf16");
}

inline bool can_execute_avx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi2");
}

}  // namespace bench::training
#endif
