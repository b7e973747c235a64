#include "training/kernels/direct_convolution.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "training/kernels/aligned_buffer.h"
#include "training/kernels/for_this_processor.h"
#include "training/kernels/padded_rows.h"
#include "training/kernels/parallel.h"
#include "training/kernels/training_kernels.h"
#include "training/kernels/winograd_convolution.h"

namespace bench::training {
namespace {

/// Rows copied at a time stay in the second cache.
constexpr std::int64_t kStripBytes = 128 * 1024;

BENCH_INLINE void pack_pair_body(const float* even, const float* odd, std::int64_t width,
                                 Bfloat16* to) {
  std::uint32_t pairs[kPanel];
  for (std::int64_t o = 0; o < width; ++o) {
    Bfloat16 low, high;
    store(even[o], low);
    store(odd[o], high);
    pairs[o] = low.bits | std::uint32_t{high.bits} << 16;
  }
  std::memcpy(to, pairs, static_cast<std::size_t>(width) * sizeof *pairs);
}

void pack_pair(const float* even, const float* odd, std::int64_t width, Bfloat16* to) {
  for_this_processor<pack_pair_body>(even, odd, width, to);
}

void pack_pair(const float* even, const float* odd, std::int64_t width, float* to) {
  std::copy_n(odd, width, std::copy_n(even, width, to));
}

/// Rows of `taps` in panels as `multiply_stored` wants them, for Bfloat16 in pairs of rows.
template <typename Stored>
void pack_rows(const float* from, std::int64_t rows, std::int64_t first_row, std::int64_t all_rows,
               std::int64_t out, Stored* to) {
  for (std::int64_t o = 0; o < out;) {
    const auto left = out - o;
    const std::int64_t width = left >= 32 ? 32 : left >= 16 ? 16 : 8;
    const float* line = from + o;
    for (std::int64_t i = 0; i < rows; i += 2, line += 2 * out) {
      pack_pair(line, line + out, width, to + o * all_rows + (first_row + i) * width);
    }
    o += width;
  }
}

/// These taps of [kernel^2][in][out], one after the other.
template <typename Stored>
AlignedBuffer<Stored> packed(const std::vector<std::int64_t>& taps, const float* weights,
                             std::int64_t in, std::int64_t out) {
  const auto rows = static_cast<std::int64_t>(taps.size()) * in;
  AlignedBuffer<Stored> result(rows * out);
  for (std::size_t i = 0; i < taps.size(); ++i) {
    pack_rows(weights + taps[i] * in * out, in, static_cast<std::int64_t>(i) * in, rows, out,
              result.get());
  }
  return result;
}

/// Calls `work(image, first row, rows)` for all rows of all images, some at a time.
/// \param row_bytes  that one of them takes
template <typename Work>
void for_strips(std::int64_t images, std::int64_t height, std::int64_t row_bytes,
                const Work& work) {
  const auto at_once = std::clamp<std::int64_t>(kStripBytes / row_bytes, 1, height);
  const auto strips = (height + at_once - 1) / at_once;
  at::parallel_for(0, images * strips, 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i) {
      const auto first = i % strips * at_once;
      work(i / strips, first, std::min(at_once, height - first));
    }
  });
}

template <typename Stored>
void convolve_pixels(std::int64_t in, std::int64_t out, const Images& images,
                     const Stored* features, const float* taps, Stored* results) {
  const auto weights = packed<Stored>({0}, taps, in, out);
  const auto row_bytes = images.width * in * static_cast<std::int64_t>(sizeof(Stored));
  for_strips(images.count, images.height, row_bytes, [&](auto image, auto first, auto rows) {
    const auto pixel = (image * images.height + first) * images.width;
    training_kernels<Stored>()->multiply_stored({features + pixel * in, in, 0, 1, in},
                                                weights.get(), rows * images.width,
                                                {results + pixel * out, out, out});
  });
}

/// 3x3, by rows: the taps of a row of the kernel lie next to each other in a padded row.
template <typename Stored>
void convolve_rows(const PackedShape& shape, const Images& images, const Stored* features,
                   const float* taps, Stored* results) {
  const auto weights = packed<Stored>({0, 1, 2, 3, 4, 5, 6, 7, 8}, taps, shape.in, shape.out);
  const auto height = (images.height + shape.stride - 1) / shape.stride;
  const auto width = (images.width + shape.stride - 1) / shape.stride;
  const auto columns = (width - 1) * shape.stride + 3, row_values = columns * shape.in;
  const auto row_bytes = shape.stride * row_values * static_cast<std::int64_t>(sizeof(Stored));
  const ImageView<Stored> view{features, images.height, images.width, shape.in};
  for_strips(images.count, height, row_bytes, [&](auto image, auto first, auto rows) {
    const auto in_rows = (rows - 1) * shape.stride + 3;
    const AlignedBuffer<Stored> strip(in_rows * row_values);
    copy_padded_rows(view, {image, first * shape.stride - 1, in_rows, 1, columns}, strip.get());
    for (std::int64_t y = 0; y < rows; ++y) {
      Stored* to = results + (image * height + first + y) * width * shape.out;
      training_kernels<Stored>()->multiply_stored(
          {strip.get() + y * shape.stride * row_values, shape.stride * shape.in, row_values, 3,
           3 * shape.in},
          weights.get(), width, {to, shape.out, shape.out});
    }
  });
}

/// The gradient by the features whose row and column have these parities, for 3x3 of stride 2.
/// Features at 2 i take part in the results i by the middle row of the kernel; at 2 i + 1 in i by
/// the last and in i + 1 by the first.
template <typename Stored>
struct ParityClass {
  ParityClass(std::int64_t odd_y, std::int64_t odd_x, const float* taps, std::int64_t in,
              std::int64_t out)
      : y(odd_y), x(odd_x), weights(packed<Stored>(taps_of(odd_y, odd_x), taps, out, in)) {}

  static std::vector<std::int64_t> taps_of(std::int64_t odd_y, std::int64_t odd_x) {
    using Lines = std::vector<std::int64_t>;
    const auto along = [](std::int64_t odd) { return odd ? Lines{2, 0} : Lines{1}; };
    Lines taps;
    for (const auto row : along(odd_y)) {
      for (const auto column : along(odd_x)) taps.push_back(3 * row + column);
    }
    return taps;
  }

  std::int64_t y, x;
  AlignedBuffer<Stored> weights;
};

template <typename Stored>
void spread_slopes(const PackedShape& shape, const Images& images, const Stored* slopes,
                   const float* taps, Stored* gradient) {
  std::vector<ParityClass<Stored>> classes;
  for (const std::int64_t y : {0, 1}) {
    for (const std::int64_t x : {0, 1}) classes.emplace_back(y, x, taps, shape.in, shape.out);
  }
  const auto height = (images.height + 1) / 2, width = (images.width + 1) / 2;
  const auto columns = width + 1, row_values = columns * shape.out;
  const ImageView<Stored> view{slopes, height, width, shape.out};
  const auto row_bytes = row_values * static_cast<std::int64_t>(sizeof(Stored));
  for_strips(images.count, height, row_bytes, [&](auto image, auto first, auto rows) {
    const AlignedBuffer<Stored> strip((rows + 1) * row_values);
    copy_padded_rows(view, {image, first, rows + 1, 0, columns}, strip.get());
    for (const auto& parity : classes) {
      const auto here = (images.width + 1 - parity.x) / 2;
      for (std::int64_t i = 0; i < rows; ++i) {
        const auto y = 2 * (first + i) + parity.y;
        if (y >= images.height) continue;
        const auto pixel = (image * images.height + y) * images.width + parity.x;
        training_kernels<Stored>()->multiply_stored(
            {strip.get() + i * row_values, shape.out, row_values, parity.y + 1,
             (parity.x + 1) * shape.out},
            parity.weights.get(), here, {gradient + pixel * shape.in, 2 * shape.in, shape.in});
      }
    }
  });
}

}  // namespace

template <typename Stored>
bool direct_serves(const PackedShape& shape) {
  const bool known = (shape.kernel == 1 && shape.stride == 1) ||
                     (shape.kernel == 3 && (shape.stride == 1 || shape.stride == 2));
  return known && training_kernels<Stored>() != nullptr && shape.in > 0 && shape.out > 0 &&
         shape.in % kNarrowest == 0 && shape.out % kNarrowest == 0;
}

template <typename Stored>
void direct_convolve(const PackedShape& shape, const Images& images, const Stored* features,
                     const float* taps, Stored* results) {
  shape.kernel == 1 ? convolve_pixels(shape.in, shape.out, images, features, taps, results)
                    : convolve_rows(shape, images, features, taps, results);
}

template <typename Stored>
void direct_gradient_by_features(const PackedShape& shape, const Images& images,
                                 const Stored* slopes, const float* taps, Stored* gradient) {
  if (shape.stride == 2) return spread_slopes(shape, images, slopes, taps, gradient);
  direct_convolve({shape.out, shape.in, shape.kernel, 1}, images, slopes, taps, gradient);
}

template bool direct_serves<float>(const PackedShape&);
template bool direct_serves<Bfloat16>(const PackedShape&);
template void direct_convolve(const PackedShape&, const Images&, const float*, const float*,
                              float*);
template void direct_convolve(const PackedShape&, const Images&, const Bfloat16*, const float*,
                              Bfloat16*);
template void direct_gradient_by_features(const PackedShape&, const Images&, const float*,
                                          const float*, float*);
template void direct_gradient_by_features(const PackedShape&, const Images&, const Bfloat16*,
                                          const float*, Bfloat16*);

}  // namespace bench::training
