#pragma once

#include <cstdint>
#include <vector>

namespace bench::clearer {

/// Kernels behind `rectified_resolution_sum` and `weighted_sum`: one pass over channels-last
/// memory, single-threaded. `Stored` is float or Bfloat16 (training/kernels/stored_values.h); sums
/// are kept in float.

/// The fine side of a sum over resolutions: [N, H, W, C] in memory.
struct FineShape {
  std::int64_t batch, height, width, channels;
};

/// [N, H / factor, W / factor, C], each pixel standing for factor x factor fine ones.
template <typename Stored>
struct SumTerm {
  const Stored* values;
  std::int64_t factor;
};

/// out = relu(sum of the terms).
template <typename Stored>
void rectified_sum(const FineShape& fine, const std::vector<SumTerm<Stored>>& terms, Stored* out);

/// coarse = the sum of each factor x factor block of the fine values.
template <typename Stored>
void block_sums(const FineShape& fine, std::int64_t factor, const Stored* values, Stored* coarse);

/// out = a first + b second.
template <typename Stored>
void weighted_values(std::int64_t count, const Stored* first, float a, const Stored* second,
                     float b, Stored* out);

/// out = a values.
template <typename Stored>
void scaled_values(std::int64_t count, const Stored* values, float a, Stored* out);

/// The sum of first times second.
template <typename Stored>
double dot(std::int64_t count, const Stored* first, const Stored* second);

}  // namespace bench::clearer
