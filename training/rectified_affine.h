#pragma once

#include <cstdint>

namespace bench::training {

/// Kernels behind `batch_norm` for float32 in channels-last memory: `rows` x `channels` values, a
/// row being one pixel. One pass each, where LibTorch takes one per operation. Single-threaded.
struct PixelRows {
  std::int64_t rows;
  std::int64_t channels;
};

/// Mean and variance (divided by `rows`) of each channel.
void channel_moments(const PixelRows& shape, const float* values, double* mean, double* variance);

/// out = relu?(values scale + shift + residual?). `residual` may be null.
void affine_forward(const PixelRows& shape, const float* values, const float* scale,
                    const float* shift, const float* residual, bool relu, float* out);

/// gradient where out > 0, else 0.
void rectified_gradient(std::int64_t count, const float* gradient, const float* out,
                        float* rectified);

/// Per channel: the sum of the gradient, and of gradient (values - mean).
void gradient_sums(const PixelRows& shape, const float* gradient, const float* values,
                   const float* mean, double* sum, double* sum_centred);

/// out = gradient a + values b + c, per channel.
void affine_backward(const PixelRows& shape, const float* gradient, const float* values,
                     const float* a, const float* b, const float* c, float* out);

}  // namespace bench::training
