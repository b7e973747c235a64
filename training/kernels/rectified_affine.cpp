#include "training/kernels/rectified_affine.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "training/kernels/for_this_processor.h"
#include "training/kernels/stored_values.h"

namespace bench::training {
namespace {

/// Few channels leave vectors half empty, so several rows are treated as one long row: the
/// kernels run over `width` values that all have their own channel constants.
constexpr std::int64_t kShortestRow = 64;
/// Float sums over so many long rows are added to double sums.
constexpr std::int64_t kRowsPerPartialSum = 128;

struct LongRows {
  explicit LongRows(const PixelRows& shape)
      : repeats(std::max<std::int64_t>(1, kShortestRow / shape.channels)),
        width(repeats * shape.channels),
        rows(shape.rows / repeats),
        rest((shape.rows % repeats) * shape.channels) {}

  std::int64_t repeats, width, rows;
  std::int64_t rest;  ///< values in the last, shorter row
};

std::vector<float> repeated(const float* constants, std::int64_t channels, const LongRows& shape) {
  std::vector<float> result(static_cast<std::size_t>(shape.width));
  for (std::int64_t i = 0; i < shape.width; ++i) {
    result[static_cast<std::size_t>(i)] = constants[i % channels];
  }
  return result;
}

template <typename Stored>
BENCH_INLINE void affine_rows(std::int64_t rows, std::int64_t width,
                              const Stored* __restrict values, const float* __restrict scale,
                              const float* __restrict shift, const Stored* __restrict residual,
                              bool relu, Stored* __restrict out) {
  // A lower bound instead of a branch in the loop. NaN passes: it is not below the bound.
  const float least = relu ? 0.0F : -std::numeric_limits<float>::infinity();
  for (std::int64_t row = 0; row < rows; ++row) {
    const Stored* in = values + row * width;
    Stored* to = out + row * width;
    if (residual) {
      const Stored* add = residual + row * width;
      for (std::int64_t i = 0; i < width; ++i) {
        const float value = loaded(in[i]) * scale[i] + shift[i] + loaded(add[i]);
        store(value < least ? least : value, to[i]);
      }
    } else {
      for (std::int64_t i = 0; i < width; ++i) {
        const float value = loaded(in[i]) * scale[i] + shift[i];
        store(value < least ? least : value, to[i]);
      }
    }
  }
}

template <typename Stored>
BENCH_INLINE void add_moments(std::int64_t rows, std::int64_t width,
                              const Stored* __restrict values, const float* __restrict origin,
                              float* __restrict sums, float* __restrict squares) {
  for (std::int64_t row = 0; row < rows; ++row) {
    const Stored* in = values + row * width;
    for (std::int64_t i = 0; i < width; ++i) {
      const float offset = loaded(in[i]) - origin[i];
      sums[i] += offset;
      squares[i] += offset * offset;
    }
  }
}

template <typename Stored>
BENCH_INLINE void add_products(std::int64_t rows, std::int64_t width,
                               const Stored* __restrict gradient, const Stored* __restrict values,
                               const float* __restrict mean, float* __restrict sums,
                               float* __restrict products) {
  for (std::int64_t row = 0; row < rows; ++row) {
    const Stored* slope = gradient + row * width;
    const Stored* in = values + row * width;
    for (std::int64_t i = 0; i < width; ++i) {
      sums[i] += loaded(slope[i]);
      products[i] += loaded(slope[i]) * (loaded(in[i]) - mean[i]);
    }
  }
}

template <typename Stored>
BENCH_INLINE void combine_rows(std::int64_t rows, std::int64_t width,
                               const Stored* __restrict gradient, const Stored* __restrict values,
                               const float* __restrict a, const float* __restrict b,
                               const float* __restrict c, Stored* __restrict out) {
  for (std::int64_t row = 0; row < rows; ++row) {
    const std::int64_t at = row * width;
    for (std::int64_t i = 0; i < width; ++i) {
      store(loaded(gradient[at + i]) * a[i] + loaded(values[at + i]) * b[i] + c[i], out[at + i]);
    }
  }
}

template <typename Stored>
BENCH_INLINE void rectify(std::int64_t count, const Stored* __restrict gradient,
                          const Stored* __restrict out, Stored* __restrict rectified) {
  for (std::int64_t i = 0; i < count; ++i) {
    rectified[i] = kept_if(is_positive(out[i]), gradient[i]);
  }
}

/// Runs `add(rows, width, offset, first, second)` over blocks and sums its two partial results
/// per channel in double.
template <typename Add>
void sum_by_channel(const PixelRows& shape, const Add& add, double* first, double* second) {
  const LongRows longer(shape);
  std::fill_n(first, shape.channels, 0.0);
  std::fill_n(second, shape.channels, 0.0);
  std::vector<float> partial(static_cast<std::size_t>(2 * longer.width));
  const auto block = [&](std::int64_t rows, std::int64_t width, std::int64_t offset) {
    std::fill(partial.begin(), partial.end(), 0.0F);
    add(rows, width, offset, partial.data(), partial.data() + longer.width);
    for (std::int64_t i = 0; i < width; ++i) {
      first[i % shape.channels] += partial[static_cast<std::size_t>(i)];
      second[i % shape.channels] += partial[static_cast<std::size_t>(longer.width + i)];
    }
  };
  for (std::int64_t row = 0; row < longer.rows; row += kRowsPerPartialSum) {
    block(std::min(kRowsPerPartialSum, longer.rows - row), longer.width, row * longer.width);
  }
  if (longer.rest > 0) block(1, longer.rest, longer.rows * longer.width);
}

}  // namespace

template <typename Stored>
void channel_moments(const PixelRows& shape, const Stored* values, double* mean, double* variance) {
  const LongRows longer(shape);
  std::vector<float> first_pixel(static_cast<std::size_t>(shape.channels));
  for (std::size_t c = 0; c < first_pixel.size(); ++c) first_pixel[c] = loaded(values[c]);
  // Offsets from the first pixel keep the difference of squares from cancelling.
  const auto origin = repeated(first_pixel.data(), shape.channels, longer);
  sum_by_channel(
      shape,
      [&](std::int64_t rows, std::int64_t width, std::int64_t offset, float* sums, float* squares) {
        for_this_processor<add_moments<Stored>>(rows, width, values + offset, origin.data(), sums,
                                                squares);
      },
      mean, variance);
  const double count = static_cast<double>(shape.rows);
  for (std::int64_t c = 0; c < shape.channels; ++c) {
    const double offset = mean[c] / count;
    variance[c] = std::max(0.0, variance[c] / count - offset * offset);
    mean[c] = static_cast<double>(loaded(values[c])) + offset;
  }
}

template <typename Stored>
void affine_forward(const PixelRows& shape, const Stored* values, const float* scale,
                    const float* shift, const Stored* residual, bool relu, Stored* out) {
  const LongRows longer(shape);
  const auto scales = repeated(scale, shape.channels, longer);
  const auto shifts = repeated(shift, shape.channels, longer);
  for_this_processor<affine_rows<Stored>>(longer.rows, longer.width, values, scales.data(),
                                          shifts.data(), residual, relu, out);
  const auto done = longer.rows * longer.width;
  if (longer.rest > 0) {
    for_this_processor<affine_rows<Stored>>(1, longer.rest, values + done, scales.data(),
                                            shifts.data(), residual ? residual + done : nullptr,
                                            relu, out + done);
  }
}

template <typename Stored>
void rectified_gradient(std::int64_t count, const Stored* gradient, const Stored* out,
                        Stored* rectified) {
  for_this_processor<rectify<Stored>>(count, gradient, out, rectified);
}

template <typename Stored>
void gradient_sums(const PixelRows& shape, const Stored* gradient, const Stored* values,
                   const float* mean, double* sum, double* sum_centerd) {
  const auto means = repeated(mean, shape.channels, LongRows(shape));
  sum_by_channel(
      shape,
      [&](std::int64_t rows, std::int64_t width, std::int64_t offset, float* sums,
          float* products) {
        for_this_processor<add_products<Stored>>(rows, width, gradient + offset, values + offset,
                                                 means.data(), sums, products);
      },
      sum, sum_centerd);
}

template <typename Stored>
void affine_backward(const PixelRows& shape, const Stored* gradient, const Stored* values,
                     const float* a, const float* b, const float* c, Stored* out) {
  const LongRows longer(shape);
  const auto as = repeated(a, shape.channels, longer);
  const auto bs = repeated(b, shape.channels, longer);
  const auto cs = repeated(c, shape.channels, longer);
  for_this_processor<combine_rows<Stored>>(longer.rows, longer.width, gradient, values, as.data(),
                                           bs.data(), cs.data(), out);
  const auto done = longer.rows * longer.width;
  if (longer.rest > 0) {
    for_this_processor<combine_rows<Stored>>(1, longer.rest, gradient + done, values + done,
                                             as.data(), bs.data(), cs.data(), out + done);
  }
}

template void channel_moments(const PixelRows&, const float*, double*, double*);
template void affine_forward(const PixelRows&, const float*, const float*, const float*,
                             const float*, bool, float*);
template void rectified_gradient(std::int64_t, const float*, const float*, float*);
template void gradient_sums(const PixelRows&, const float*, const float*, const float*, double*,
                            double*);
template void affine_backward(const PixelRows&, const float*, const float*, const float*,
                              const float*, const float*, float*);

template void channel_moments(const PixelRows&, const Bfloat16*, double*, double*);
template void affine_forward(const PixelRows&, const Bfloat16*, const float*, const float*,
                             const Bfloat16*, bool, Bfloat16*);
template void rectified_gradient(std::int64_t, const Bfloat16*, const Bfloat16*, Bfloat16*);
template void gradient_sums(const PixelRows&, const Bfloat16*, const Bfloat16*, const float*,
                            double*, double*);
template void affine_backward(const PixelRows&, const Bfloat16*, const Bfloat16*, const float*,
                              const float*, const float*, Bfloat16*);

}  // namespace bench::training
