#pragma once

#include <cstdint>

namespace bench::training {

/// Kernels behind `batch_norm` in channels-last memory: `rows` x `channels` values, a row being one
/// pixel. One pass each, where LibTorch takes one per operation. Single-threaded. `Stored` is float
/// or Bfloat16 (stored_values.h).
struct PixelRows {
  std::int64_t rows;
  std::int64_t channels;
};

/// Mean and variance (divided by `rows`) of each channel.
template <typename Stored>
void channel_moments(const PixelRows& shape, const Stored* values, double* mean, double* variance);

/// out = relu?(values scale + shift + residual?). `residual` may be null.
template <typename Stored>
void affine_forward(const PixelRows& shape, const Stored* values, const float* scale,
                    const float* shift, const Stored* residual, bool relu, Stored* out);

/// gradient where out > 0, else 0.
template <typename Stored>
void rectified_gradient(std::int64_t count, const Stored* gradient, const Stored* out,
                        Stored* rectified);

/// Per channel: the sum of the gradient, and of gradient (values - mean).
template <typename Stored>
void gradient_sums(const PixelRows& shape, const Stored* gradient, const Stored* values,
                   const float* mean, double* sum, double* sum_centerd);

/// out = gradient a + values b + c, per channel.
template <typename Stored>
void affine_backward(const PixelRows& shape, const Stored* gradient, const Stored* values,
                     const float* a, const float* b, const float* c, Stored* out);

}  // namespace bench::training
