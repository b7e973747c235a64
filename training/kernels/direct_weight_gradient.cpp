#include <algorithm>
#include <type_traits>

#include "training/kernels/aligned_buffer.h"
#include "training/kernels/direct_convolution.h"
#include "training/kernels/padded_rows.h"
#include "training/kernels/parallel.h"
#include "training/kernels/training_kernels.h"
#include "training/kernels/winograd_convolution.h"

namespace bench::training {
namespace {

/// Arranged rows of so many bytes stay in the second cache.
constexpr std::int64_t kArrangedBytes = 256 * 1024;

/// Sizes of the sums over rows of results.
template <typename Stored>
struct WeightSumShape {
  WeightSumShape(const PackedShape& of, const Images& features)
      : shape(of),
        images(features),
        height((features.height + of.stride - 1) / of.stride),
        width((features.width + of.stride - 1) / of.stride),
        steps((width + kTogether - 1) / kTogether),
        columns((steps * kTogether - 1) * of.stride + of.kernel),
        segment((of.kernel * of.in + kPanel - 1) / kPanel * kPanel),
        rows_at_once(
            std::clamp<std::int64_t>(kArrangedBytes / (columns * of.stride * of.in * kTogether *
                                                       static_cast<std::int64_t>(sizeof(Stored))),
                                     1, height)) {}

  /// Pixels of a step: as many as a product of the kernels adds up.
  static constexpr std::int64_t kTogether = std::is_same_v<Stored, Bfloat16> ? 2 : 1;

  PackedShape shape;
  Images images;
  std::int64_t height, width;  ///< of the results
  std::int64_t steps;          ///< of a row of results
  std::int64_t columns;        ///< of features that a row of results reads
  std::int64_t segment;        ///< values of a row of the kernel, in whole panels
  std::int64_t rows_at_once;

  std::int64_t strips() const { return (height + rows_at_once - 1) / rows_at_once; }
  std::int64_t sums() const { return shape.out * shape.kernel * segment; }
};

/// Adds what strips of results contribute. For Bfloat16 each pixel is interleaved with the one that
/// the next result reads, so that a row of the kernel is one run of values again.
template <typename Stored>
class StripSums {
 public:
  StripSums(const WeightSumShape<Stored>& sizes, const Stored* features, const Stored* slopes)
      : sizes_(sizes),
        features_{features, sizes.images.height, sizes.images.width, sizes.shape.in},
        slopes_(slopes),
        in_rows_((sizes.rows_at_once - 1) * sizes.shape.stride + sizes.shape.kernel),
        row_values_(sizes.columns * sizes.shape.in),
        strip_(in_rows_ * row_values_ + beyond()),
        pairs_(kTogether == 1 ? 1 : kTogether * (in_rows_ * row_values_ + kPanel)),
        slope_pairs_(
            kTogether == 1 ? 1 : sizes.rows_at_once * sizes.steps * kTogether * sizes.shape.out) {}

  /// \param sums  [out][kernel][segment]
  void add(std::int64_t strip, float* sums) {
    const auto& shape = sizes_.shape;
    const auto image = strip / sizes_.strips();
    const auto first = strip % sizes_.strips() * sizes_.rows_at_once;
    const auto rows = std::min(sizes_.rows_at_once, sizes_.height - first);
    const auto in_rows = (rows - 1) * shape.stride + shape.kernel;
    copy_padded_rows(
        features_,
        {image, first * shape.stride - shape.kernel / 2, in_rows, shape.kernel / 2, sizes_.columns},
        strip_.get());
    // What is read beyond the last row goes into sums that nobody reads, but for pairs of which the
    // other half is no pixel: zero times this must be zero.
    std::fill_n(strip_.get() + in_rows * row_values_, beyond(), Stored{});
    const auto pixel = (image * sizes_.height + first) * sizes_.width;
    add_rows(slopes_ + pixel * shape.out, rows, in_rows, sums);
  }

 private:
  static constexpr std::int64_t kTogether = WeightSumShape<Stored>::kTogether;

  std::int64_t beyond() const { return kPanel + sizes_.shape.stride * sizes_.shape.in; }

  void add_rows(const Stored* slopes, std::int64_t rows, std::int64_t in_rows, float* sums) {
    const auto& shape = sizes_.shape;
    const Stored* lines = strip_.get();
    if constexpr (kTogether == 2) {
      pair_pixels(in_rows);
      pair_slopes(slopes, rows);
      lines = pairs_.get();
      slopes = slope_pairs_.get();
    }
    const auto slope_row = kTogether == 2 ? sizes_.steps * 2 * shape.out : sizes_.width * shape.out;
    for (std::int64_t y = 0; y < shape.kernel; ++y) {
      training_kernels<Stored>()->add_products(
          {slopes, kTogether * shape.out, slope_row, kTogether * kPanel,
           lines + y * row_values_ * kTogether, kTogether * kTogether * shape.stride * shape.in,
           kTogether * shape.stride * row_values_, kTogether * kPanel, rows, sizes_.steps,
           shape.out, sizes_.segment / kPanel, sums + y * sizes_.segment,
           shape.kernel * sizes_.segment});
    }
  }

  void pair_pixels(std::int64_t in_rows) {
    if constexpr (kTogether == 2) {
      const auto values = in_rows * row_values_;
      interleave(strip_.get(), strip_.get() + sizes_.shape.stride * sizes_.shape.in,
                 values + kPanel, pairs_.get());
    }
  }

  void pair_slopes(const Stored* slopes, std::int64_t rows) {
    if constexpr (kTogether == 2) {
      const auto out = sizes_.shape.out;
      const AlignedBuffer<Stored> none(out);
      std::fill_n(none.get(), out, Stored{});
      Stored* to = slope_pairs_.get();
      for (std::int64_t y = 0; y < rows; ++y) {
        for (std::int64_t x = 0; x < sizes_.width; x += 2, to += 2 * out) {
          const Stored* pixel = slopes + (y * sizes_.width + x) * out;
          interleave(pixel, x + 1 < sizes_.width ? pixel + out : none.get(), out, to);
        }
      }
    }
  }

  const WeightSumShape<Stored>& sizes_;
  const ImageView<Stored> features_;
  const Stored* slopes_;
  const std::int64_t in_rows_, row_values_;
  AlignedBuffer<Stored> strip_, pairs_, slope_pairs_;
};

template <typename Stored>
void sum_strips(const WeightSumShape<Stored>& sizes, const Stored* features, const Stored* slopes,
                float* gradient) {
  const auto strips = sizes.images.count * sizes.strips(), values = sizes.sums();
  // Each share has sums of its own, added in order: the same result in every run on as many
  // threads.
  const auto shares = std::min<std::int64_t>(at::get_num_threads(), strips);
  const AlignedBuffer<float> sums(shares * values);
  std::fill_n(sums.get(), shares * values, 0.0F);
  at::parallel_for(0, shares, 1, [&](std::int64_t begin, std::int64_t end) {
    StripSums<Stored> work(sizes, features, slopes);
    for (auto share = begin; share < end; ++share) {
      for (auto strip = strips * share / shares; strip < strips * (share + 1) / shares; ++strip) {
        work.add(strip, sums.get() + share * values);
      }
    }
  });
  const auto line = sizes.shape.kernel * sizes.shape.in;
  for (std::int64_t row = 0; row < sizes.shape.out * sizes.shape.kernel; ++row, gradient += line) {
    const float* sum = sums.get() + row * sizes.segment;
    std::copy_n(sum, line, gradient);
    for (std::int64_t share = 1; share < shares; ++share) {
      for (std::int64_t i = 0; i < line; ++i) gradient[i] += sum[share * values + i];
    }
  }
}

}  // namespace

template <typename Stored>
void direct_gradient_by_weights(const PackedShape& shape, const Images& images,
                                const Stored* features, const Stored* slopes, float* gradient) {
  sum_strips(WeightSumShape<Stored>(shape, images), features, slopes, gradient);
}

template void direct_gradient_by_weights(const PackedShape&, const Images&, const float*,
                                         const float*, float*);
template void direct_gradient_by_weights(const PackedShape&, const Images&, const Bfloat16*,
                                         const Bfloat16*, float*);

}  // namespace bench::training
