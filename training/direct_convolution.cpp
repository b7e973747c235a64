#include "training/direct_convolution.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

#include "training/aligned_buffer.h"
#include "training/training_kernels.h"
#include "training/winograd_convolution.h"

namespace bench::training {
namespace {

/// Gathered values of so many bytes stay in the second cache.
constexpr std::int64_t kGatheredBytes = 256 * 1024;
/// A multiple of what the kernels do at a time, and even.
constexpr std::int64_t kFewestPixels = 48, kMostPixels = 384;

std::int64_t pixels_at_once(std::int64_t bytes) {
  const auto fitting = kGatheredBytes / bytes / kFewestPixels * kFewestPixels;
  return std::clamp(fitting, kFewestPixels, kMostPixels);
}

/// A pixel of one of the pictures.
struct Place {
  std::int64_t picture, y, x;
};

/// The pixels of all pictures, counted through.
template <typename Stored>
struct PixelMap {
  const Stored* values;
  std::int64_t height, width, channels;
  const Stored* zeros;  ///< [channels]: what is outside

  const Stored* at(const Place& place, std::int64_t y, std::int64_t x) const {
    if (y < 0 || y >= height || x < 0 || x >= width) return zeros;
    return values + ((place.picture * height + y) * width + x) * channels;
  }
};

/// The i-th of the pixels of pictures of these sides.
Place place_of(std::int64_t i, std::int64_t height, std::int64_t width) {
  return {i / (height * width), i / width % height, i % width};
}

/// To the next pixel: dividing for each costs as much as its products.
void advance(Place& place, std::int64_t height, std::int64_t width) {
  if (++place.x < width) return;
  place.x = 0;
  if (++place.y < height) return;
  place.y = 0;
  ++place.picture;
}

/// One tap: it reads at (y scale + dy, x scale + dx), by these weights.
struct Tap {
  std::int64_t weights;  ///< which of [kernel^2]
  std::int64_t dy, dx;
};

std::vector<Tap> forward_taps_of(const PackedShape& shape) {
  std::vector<Tap> taps;
  for (std::int64_t i = 0; i < shape.kernel * shape.kernel; ++i) {
    taps.push_back({i, i / shape.kernel - shape.kernel / 2, i % shape.kernel - shape.kernel / 2});
  }
  return taps;
}

/// What the features at sides of this parity get their slopes from, for 3x3 of stride 2: features
/// at 2 i take part in the results i by the middle row, at 2 i + 1 in i + 1 by the first, i by the
/// last.
std::vector<Tap> backward_taps_of(std::int64_t odd_y, std::int64_t odd_x) {
  using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;  // row of the kernel, offset
  const auto along = [](std::int64_t odd) { return odd ? Pairs{{0, 1}, {2, 0}} : Pairs{{1, 0}}; };
  std::vector<Tap> taps;
  for (const auto& [row, dy] : along(odd_y)) {
    for (const auto& [column, dx] : along(odd_x)) taps.push_back({3 * row + column, dy, dx});
  }
  return taps;
}

BENCH_VECTOR_CLONES void pack_pair(const float* even, const float* odd, Bfloat16* to) {
  std::uint32_t pairs[kPanel];
  for (std::int64_t o = 0; o < kPanel; ++o) {
    Bfloat16 low, high;
    store(even[o], low);
    store(odd[o], high);
    pairs[o] = low.bits | std::uint32_t{high.bits} << 16;
  }
  __builtin_memcpy(to, pairs, sizeof pairs);
}

void pack_pair(const float* even, const float* odd, float* to) {
  std::copy_n(odd, kPanel, std::copy_n(even, kPanel, to));
}

/// Rows of `taps` as the kernels want them: [out / 32][rows][32], for Bfloat16 in pairs of rows.
template <typename Stored>
void pack_rows(const float* from, std::int64_t rows, std::int64_t first_row, std::int64_t all_rows,
               std::int64_t out, Stored* to) {
  for (std::int64_t panel = 0; panel < out / kPanel; ++panel) {
    const float* line = from + panel * kPanel;
    for (std::int64_t i = 0; i < rows; i += 2, line += 2 * out) {
      pack_pair(line, line + out, to + (panel * all_rows + first_row + i) * kPanel);
    }
  }
}

template <typename Stored>
AlignedBuffer<Stored> packed(const std::vector<Tap>& taps, const float* weights, std::int64_t in,
                             std::int64_t out) {
  const auto rows = static_cast<std::int64_t>(taps.size()) * in;
  AlignedBuffer<Stored> result(rows * out);
  for (std::size_t i = 0; i < taps.size(); ++i) {
    pack_rows(weights + taps[i].weights * in * out, in, static_cast<std::int64_t>(i) * in, rows,
              out, result.get());
  }
  return result;
}

/// A product over all pixels of pictures of these sides: each gathers its taps from `from`.
template <typename Stored>
struct Product {
  std::vector<Tap> taps;
  PixelMap<Stored> from;
  std::int64_t scale;                 ///< of coordinates, from the results' to those of `from`
  std::int64_t count, height, width;  ///< of the results
  std::int64_t out;

  std::int64_t pixels() const { return count * height * width; }
  std::int64_t row_values() const { return static_cast<std::int64_t>(taps.size()) * from.channels; }
  bool is_pointwise() const { return taps.size() == 1 && scale == 1; }

  void gather(std::int64_t first, std::int64_t pixels, Stored* rows) const {
    auto place = place_of(first, height, width);
    for (std::int64_t i = 0; i < pixels; ++i, advance(place, height, width)) {
      for (const auto& tap : taps) {
        rows = std::copy_n(from.at(place, place.y * scale + tap.dy, place.x * scale + tap.dx),
                           from.channels, rows);
      }
    }
  }
};

/// Calls `take(first, pixels, results)` with the results of some pixels at a time.
/// \param results  where they are written, or null for memory of its own
template <typename Stored, typename Take>
void multiply_pixels(const Product<Stored>& product, const float* weights, Stored* results,
                     const Take& take) {
  const auto values = product.row_values();
  const auto matrix = packed<Stored>(product.taps, weights, product.from.channels, product.out);
  const auto at_once = pixels_at_once(values * static_cast<std::int64_t>(sizeof(Stored)));
  const auto blocks = (product.pixels() + at_once - 1) / at_once;
  at::parallel_for(0, blocks, 1, [&](std::int64_t begin, std::int64_t end) {
    const AlignedBuffer<Stored> rows(product.is_pointwise() ? 1 : at_once * values);
    const AlignedBuffer<Stored> own(results ? 1 : at_once * product.out);
    for (auto block = begin; block < end; ++block) {
      const auto first = block * at_once, pixels = std::min(at_once, product.pixels() - first);
      if (!product.is_pointwise()) product.gather(first, pixels, rows.get());
      const Stored* gathered =
          product.is_pointwise() ? product.from.values + first * values : rows.get();
      Stored* to = results ? results + first * product.out : own.get();
      training_kernels<Stored>()->multiply_stored(gathered, matrix.get(), pixels, values,
                                                  product.out, to);
      take(first, pixels, to);
    }
  });
}

template <typename Stored>
std::vector<Stored> zeros_for(const PackedShape& shape) {
  return std::vector<Stored>(static_cast<std::size_t>(std::max(shape.in, shape.out)), Stored{});
}

/// Gathers pixels in panels and multiplies: what the pixels `begin` .. `end` add to the gradient.
template <typename Stored>
void add_pixel_products(const Product<Stored>& inputs, const Stored* slopes, std::int64_t begin,
                        std::int64_t end, float* sums) {
  const auto& kernels = *training_kernels<Stored>();
  const auto in = inputs.from.channels, out = inputs.out, values = inputs.row_values();
  const auto at_once = pixels_at_once((values + out) * static_cast<std::int64_t>(sizeof(Stored)));
  const AlignedBuffer<Stored> input_panels(at_once * values), slope_panels(at_once * out);
  std::vector<const Stored*> pixels(static_cast<std::size_t>(at_once));
  for (auto first = begin; first < end; first += at_once) {
    const auto here = std::min(at_once, end - first), even = (here + 1) / 2 * 2;
    std::fill(pixels.begin(), pixels.end(), inputs.from.zeros);
    for (std::int64_t tap = 0; tap < static_cast<std::int64_t>(inputs.taps.size()); ++tap) {
      const auto& [_, dy, dx] = inputs.taps[static_cast<std::size_t>(tap)];
      auto place = place_of(first, inputs.height, inputs.width);
      for (std::int64_t i = 0; i < here; ++i, advance(place, inputs.height, inputs.width)) {
        pixels[static_cast<std::size_t>(i)] =
            inputs.from.at(place, place.y * inputs.scale + dy, place.x * inputs.scale + dx);
      }
      kernels.pixel_panels(pixels.data(), in, even, input_panels.get() + tap * in * even);
    }
    for (std::int64_t i = 0; i < here; ++i) {
      pixels[static_cast<std::size_t>(i)] = slopes + (first + i) * out;
    }
    kernels.pixel_panels(pixels.data(), out, even, slope_panels.get());
    kernels.add_products(slope_panels.get(), input_panels.get(), even, out, values, sums);
  }
}

template <typename Stored>
void sum_pixel_products(const Product<Stored>& inputs, const Stored* slopes, float* gradient) {
  constexpr std::int64_t kFewestOfAShare = 64;
  // Each share has sums of its own, added in order: the same result in every run on as many
  // threads.
  const auto shares =
      std::clamp<std::int64_t>(inputs.pixels() / kFewestOfAShare, 1, at::get_num_threads());
  const auto values = inputs.out * inputs.row_values();
  const AlignedBuffer<float> more((shares - 1) * values + 1);
  at::parallel_for(0, shares, 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto share = begin; share < end; ++share) {
      float* mine = share == 0 ? gradient : more.get() + (share - 1) * values;
      std::fill_n(mine, values, 0.0F);
      add_pixel_products(inputs, slopes, inputs.pixels() * share / shares,
                         inputs.pixels() * (share + 1) / shares, mine);
    }
  });
  for (std::int64_t i = 0; i < (shares - 1) * values; ++i) gradient[i % values] += more.get()[i];
}

template <typename Stored>
Product<Stored> forward_product(const PackedShape& shape, const Pictures& pictures,
                                const Stored* features, const std::vector<Stored>& zeros) {
  return {forward_taps_of(shape),
          {features, pictures.height, pictures.width, shape.in, zeros.data()},
          shape.stride,
          pictures.count,
          (pictures.height + shape.stride - 1) / shape.stride,
          (pictures.width + shape.stride - 1) / shape.stride,
          shape.out};
}

/// The gradient by the features whose rows and columns have these parities.
template <typename Stored>
void spread_slopes(const PackedShape& shape, const Pictures& pictures, const Stored* slopes,
                   const float* taps, std::int64_t odd_y, std::int64_t odd_x,
                   const std::vector<Stored>& zeros, Stored* gradient) {
  const Product<Stored> product = {
      backward_taps_of(odd_y, odd_x),
      {slopes, (pictures.height + 1) / 2, (pictures.width + 1) / 2, shape.out, zeros.data()},
      1,
      pictures.count,
      (pictures.height + 1 - odd_y) / 2,
      (pictures.width + 1 - odd_x) / 2,
      shape.in};
  if (product.pixels() == 0) return;
  const auto take = [&](std::int64_t first, std::int64_t pixels, const Stored* values) {
    auto place = place_of(first, product.height, product.width);
    for (std::int64_t i = 0; i < pixels; ++i, values += shape.in) {
      const auto row = place.picture * pictures.height + 2 * place.y + odd_y;
      std::copy_n(values, shape.in,
                  gradient + (row * pictures.width + 2 * place.x + odd_x) * shape.in);
      advance(place, product.height, product.width);
    }
  };
  multiply_pixels<Stored>(product, taps, nullptr, take);
}

}  // namespace

template <typename Stored>
bool direct_serves(const PackedShape& shape) {
  return training_kernels<Stored>() != nullptr && shape.in > 0 && shape.out > 0 &&
         shape.in % kPanel == 0 && shape.out % kPanel == 0 &&
         ((shape.kernel == 1 && shape.stride == 1) || (shape.kernel == 3 && shape.stride == 2));
}

template <typename Stored>
void direct_convolve(const PackedShape& shape, const Pictures& pictures, const Stored* features,
                     const float* taps, Stored* results) {
  const auto zeros = zeros_for<Stored>(shape);
  multiply_pixels(forward_product(shape, pictures, features, zeros), taps, results,
                  [](std::int64_t, std::int64_t, const Stored*) {});
}

template <typename Stored>
void direct_gradient_by_features(const PackedShape& shape, const Pictures& pictures,
                                 const Stored* slopes, const float* taps, Stored* gradient) {
  const auto zeros = zeros_for<Stored>(shape);
  if (shape.kernel == 1) {
    const PackedShape turned{shape.out, shape.in, 1, 1};
    return direct_convolve(turned, pictures, slopes, taps, gradient);
  }
  for (const std::int64_t odd_y : {0, 1}) {
    for (const std::int64_t odd_x : {0, 1}) {
      spread_slopes(shape, pictures, slopes, taps, odd_y, odd_x, zeros, gradient);
    }
  }
}

template <typename Stored>
void direct_gradient_by_weights(const PackedShape& shape, const Pictures& pictures,
                                const Stored* features, const Stored* slopes, float* gradient) {
  const auto zeros = zeros_for<Stored>(shape);
  sum_pixel_products(forward_product(shape, pictures, features, zeros), slopes, gradient);
}

template bool direct_serves<float>(const PackedShape&);
template bool direct_serves<Bfloat16>(const PackedShape&);
template void direct_convolve(const PackedShape&, const Pictures&, const float*, const float*,
                              float*);
template void direct_convolve(const PackedShape&, const Pictures&, const Bfloat16*, const float*,
                              Bfloat16*);
template void direct_gradient_by_features(const PackedShape&, const Pictures&, const float*,
                                          const float*, float*);
template void direct_gradient_by_features(const PackedShape&, const Pictures&, const Bfloat16*,
                                          const float*, Bfloat16*);
template void direct_gradient_by_weights(const PackedShape&, const Pictures&, const float*,
                                         const float*, float*);
template void direct_gradient_by_weights(const PackedShape&, const Pictures&, const Bfloat16*,
                                         const Bfloat16*, float*);

}  // namespace bench::training
