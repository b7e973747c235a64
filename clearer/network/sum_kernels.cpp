#include "clearer/network/sum_kernels.h"

#include <algorithm>
#include <array>

#include "training/kernels/for_this_processor.h"
#include "training/kernels/stored_values.h"

namespace bench::clearer {
namespace {

using training::Bfloat16;
using training::for_this_processor;
using training::loaded;
using training::store;

/// sum += values
template <typename Stored>
BENCH_INLINE void add_row(std::int64_t count, const Stored* __restrict values,
                          float* __restrict sum) {
  for (std::int64_t i = 0; i < count; ++i) sum[i] += loaded(values[i]);
}

/// sum += the row, each of its pixels repeated `factor` times.
template <typename Stored>
BENCH_INLINE void add_enlarged_row(std::int64_t pixels, std::int64_t channels, std::int64_t factor,
                                   const Stored* __restrict row, float* __restrict sum) {
  for (std::int64_t x = 0; x < pixels; ++x, row += channels) {
    for (std::int64_t repeat = 0; repeat < factor; ++repeat, sum += channels) {
      for (std::int64_t c = 0; c < channels; ++c) sum[c] += loaded(row[c]);
    }
  }
}

/// Each `factor` pixels of the row are added to one of the sum.
template <typename Stored>
BENCH_INLINE void add_reduced_row(std::int64_t pixels, std::int64_t channels, std::int64_t factor,
                                  const Stored* __restrict row, float* __restrict sum) {
  for (std::int64_t x = 0; x < pixels; ++x, sum += channels) {
    for (std::int64_t repeat = 0; repeat < factor; ++repeat, row += channels) {
      for (std::int64_t c = 0; c < channels; ++c) sum[c] += loaded(row[c]);
    }
  }
}

template <typename Stored>
BENCH_INLINE void store_rectified(std::int64_t count, const float* __restrict sum,
                                  Stored* __restrict out) {
  // NaN passes: it is not below 0.
  for (std::int64_t i = 0; i < count; ++i) store(sum[i] < 0.0F ? 0.0F : sum[i], out[i]);
}

template <typename Stored>
BENCH_INLINE void store_row(std::int64_t count, const float* __restrict sum,
                            Stored* __restrict out) {
  for (std::int64_t i = 0; i < count; ++i) store(sum[i], out[i]);
}

template <typename Stored>
BENCH_INLINE void add_weighted(std::int64_t count, const Stored* __restrict first, float a,
                               const Stored* __restrict second, float b, Stored* __restrict out) {
  for (std::int64_t i = 0; i < count; ++i)
    store(a * loaded(first[i]) + b * loaded(second[i]), out[i]);
}

template <typename Stored>
BENCH_INLINE void scale(std::int64_t count, const Stored* __restrict values, float a,
                        Stored* __restrict out) {
  for (std::int64_t i = 0; i < count; ++i) store(a * loaded(values[i]), out[i]);
}

constexpr std::int64_t kLanes = 64;
/// So many products a lane are summed in float, then added to a double.
constexpr std::int64_t kProductsPerLane = 128;

/// The compiler may not reorder a sum of floats; in lanes it need not.
template <typename Stored>
BENCH_INLINE void add_products(std::int64_t rows, const Stored* __restrict first,
                               const Stored* __restrict second, float* __restrict lanes) {
  for (std::int64_t row = 0; row < rows; ++row, first += kLanes, second += kLanes) {
    for (std::int64_t i = 0; i < kLanes; ++i) lanes[i] += loaded(first[i]) * loaded(second[i]);
  }
}

}  // namespace

template <typename Stored>
void rectified_sum(const FineShape& fine, const std::vector<SumTerm<Stored>>& terms, Stored* out) {
  const auto row_values = fine.width * fine.channels;
  std::vector<float> sum(static_cast<std::size_t>(row_values));
  for (std::int64_t row = 0; row < fine.batch * fine.height; ++row) {
    std::fill(sum.begin(), sum.end(), 0.0F);
    for (const auto& [values, factor] : terms) {
      const auto coarse_row =
          row / fine.height * (fine.height / factor) + row % fine.height / factor;
      const auto* from = values + coarse_row * (row_values / factor);
      if (factor == 1) {
        for_this_processor<add_row<Stored>>(row_values, from, sum.data());
      } else {
        for_this_processor<add_enlarged_row<Stored>>(fine.width / factor, fine.channels, factor,
                                                     from, sum.data());
      }
    }
    for_this_processor<store_rectified<Stored>>(row_values, sum.data(), out + row * row_values);
  }
}

template <typename Stored>
void block_sums(const FineShape& fine, std::int64_t factor, const Stored* values, Stored* coarse) {
  const auto fine_row = fine.width * fine.channels, coarse_row = fine_row / factor;
  std::vector<float> sum(static_cast<std::size_t>(coarse_row));
  for (std::int64_t row = 0; row < fine.batch * fine.height / factor; ++row) {
    std::fill(sum.begin(), sum.end(), 0.0F);
    for (std::int64_t y = 0; y < factor; ++y) {
      for_this_processor<add_reduced_row<Stored>>(fine.width / factor, fine.channels, factor,
                                                  values + (row * factor + y) * fine_row,
                                                  sum.data());
    }
    for_this_processor<store_row<Stored>>(coarse_row, sum.data(), coarse + row * coarse_row);
  }
}

template <typename Stored>
void weighted_values(std::int64_t count, const Stored* first, float a, const Stored* second,
                     float b, Stored* out) {
  for_this_processor<add_weighted<Stored>>(count, first, a, second, b, out);
}

template <typename Stored>
void scaled_values(std::int64_t count, const Stored* values, float a, Stored* out) {
  for_this_processor<scale<Stored>>(count, values, a, out);
}

template <typename Stored>
double dot(std::int64_t count, const Stored* first, const Stored* second) {
  double sum = 0.0;
  const auto rows = count / kLanes;
  for (std::int64_t row = 0; row < rows; row += kProductsPerLane) {
    std::array<float, kLanes> lanes = {};
    for_this_processor<add_products<Stored>>(std::min(kProductsPerLane, rows - row),
                                             first + row * kLanes, second + row * kLanes,
                                             lanes.data());
    for (const float lane : lanes) sum += lane;
  }
  for (auto i = rows * kLanes; i < count; ++i) {
    sum += static_cast<double>(loaded(first[i])) * loaded(second[i]);
  }
  return sum;
}

template void rectified_sum(const FineShape&, const std::vector<SumTerm<float>>&, float*);
template void block_sums(const FineShape&, std::int64_t, const float*, float*);
template void weighted_values(std::int64_t, const float*, float, const float*, float, float*);
template void scaled_values(std::int64_t, const float*, float, float*);
template double dot(std::int64_t, const float*, const float*);

template void rectified_sum(const FineShape&, const std::vector<SumTerm<Bfloat16>>&, Bfloat16*);
template void block_sums(const FineShape&, std::int64_t, const Bfloat16*, Bfloat16*);
template void weighted_values(std::int64_t, const Bfloat16*, float, const Bfloat16*, float,
                              Bfloat16*);
template void scaled_values(std::int64_t, const Bfloat16*, float, Bfloat16*);
template double dot(std::int64_t, const Bfloat16*, const Bfloat16*);

}  // namespace bench::clearer
