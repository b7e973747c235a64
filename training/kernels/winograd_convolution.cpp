#include "training/kernels/winograd_convolution.h"

#include <algorithm>

#include "training/kernels/aligned_buffer.h"
#include "training/kernels/parallel.h"
#include "training/kernels/training_kernels.h"

namespace bench::training {
namespace {

/// Transformed values of so many bytes stay in the second cache.
constexpr std::int64_t kBlockBytes = 768 * 1024;
/// With fewer tiles the transformed weights would be read from memory too often.
constexpr std::int64_t kFewestTiles = 64;
/// Planes a power of two apart would share the same lines of the caches.
constexpr std::int64_t kBetweenPlanes = 32;

/// The rows of tiles of all images, taken some at a time.
struct TileBlocks {
  /// \param bytes  of transformed values for one tile
  TileBlocks(const Images& images, std::int64_t bytes)
      : rows_of_image((images.height + 1) / 2),
        tiles_of_row(((images.width + 1) / 2 + 1) / 2 * 2),
        rows(images.count * rows_of_image),
        rows_at_once(std::clamp<std::int64_t>(
            std::max(kBlockBytes / bytes, kFewestTiles) / tiles_of_row, 1, rows)),
        count((rows + rows_at_once - 1) / rows_at_once) {}

  std::int64_t rows_of_image;
  std::int64_t tiles_of_row;  ///< rounded up to an even number
  std::int64_t rows, rows_at_once, count;

  std::int64_t largest() const { return rows_at_once * tiles_of_row; }
  std::int64_t first(std::int64_t block) const { return block * rows_at_once; }
  std::int64_t last(std::int64_t block) const { return std::min(rows, first(block + 1)); }
};

/// The given row of all rows of tiles, as the `at`-th of a block of `tiles`.
template <typename Stored>
TileRow<Stored> tile_row(const Images& images, const TileBlocks& blocks, const Stored* features,
                         std::int64_t channels, std::int64_t row, std::int64_t at,
                         std::int64_t tiles) {
  const auto image = row / blocks.rows_of_image;
  return {features + image * images.height * images.width * channels,
          images.height,
          images.width,
          channels,
          row % blocks.rows_of_image,
          at * blocks.tiles_of_row,
          tiles};
}

/// One block of a convolution, from features to results.
template <typename Stored>
class ConvolutionWork {
 public:
  ConvolutionWork(const Images& images, std::int64_t in, std::int64_t out, const TileBlocks& blocks)
      : images_(images),
        in_(in),
        out_(out),
        blocks_(blocks),
        in_plane_(blocks.largest() * in + kBetweenPlanes),
        out_plane_(blocks.largest() * out + kBetweenPlanes),
        transformed_(kWinogradPlanes * in_plane_),
        products_(kWinogradPlanes * out_plane_) {}

  void run(std::int64_t block, const Stored* features, const Stored* weights, Stored* results) {
    const auto& kernels = *training_kernels<Stored>();
    const auto first = blocks_.first(block), last = blocks_.last(block);
    const auto tiles = (last - first) * blocks_.tiles_of_row;
    for (auto row = first; row < last; ++row) {
      kernels.input_rows(tile_row(images_, blocks_, features, in_, row, row - first, tiles),
                         transformed_.get(), in_plane_);
    }
    for (std::int64_t plane = 0; plane < kWinogradPlanes; ++plane) {
      kernels.multiply({transformed_.get() + plane * in_plane_, in_, 0, 1, in_},
                       weights + plane * in_ * out_, tiles,
                       {products_.get() + plane * out_plane_, out_, out_});
    }
    for (auto row = first; row < last; ++row) {
      const auto image = row / blocks_.rows_of_image;
      kernels.output(
          {results + image * images_.height * images_.width * out_, images_.height, images_.width,
           out_, row % blocks_.rows_of_image, (row - first) * blocks_.tiles_of_row},
          products_.get(), out_plane_);
    }
  }

 private:
  const Images& images_;
  const std::int64_t in_, out_;
  const TileBlocks& blocks_;
  const PlaneStride in_plane_, out_plane_;
  AlignedBuffer<Stored> transformed_;
  AlignedBuffer<float> products_;
};

/// Adds what the blocks from `begin` to `end` contribute to the planes of the gradient.
template <typename Stored>
void add_gradient_planes(const Images& images, std::int64_t in, std::int64_t out,
                         const TileBlocks& blocks, std::int64_t begin, std::int64_t end,
                         const Stored* features, const Stored* slopes, float* sums) {
  const auto& kernels = *training_kernels<Stored>();
  constexpr std::int64_t at_once = std::is_same_v<Stored, Bfloat16> ? 2 : 1;  // tiles a step
  constexpr std::int64_t step = at_once * kPanel;
  const auto in_plane = blocks.largest() * in + kBetweenPlanes;
  const auto out_plane = blocks.largest() * out + kBetweenPlanes;
  const AlignedBuffer<Stored> inputs(kWinogradPlanes * in_plane);
  const AlignedBuffer<Stored> outputs(kWinogradPlanes * out_plane);
  for (auto block = begin; block < end; ++block) {
    const auto first = blocks.first(block), last = blocks.last(block);
    const auto tiles = (last - first) * blocks.tiles_of_row;
    for (auto row = first; row < last; ++row) {
      const auto at = row - first;
      kernels.input_panels(tile_row(images, blocks, features, in, row, at, tiles), inputs.get(),
                           in_plane);
      kernels.slope_panels(tile_row(images, blocks, slopes, out, row, at, tiles), outputs.get(),
                           out_plane);
    }
    for (std::int64_t plane = 0; plane < kWinogradPlanes; ++plane) {
      kernels.add_products({outputs.get() + plane * out_plane, step, 0, tiles * kPanel,
                            inputs.get() + plane * in_plane, step, 0, tiles * kPanel,
                            /*rows=*/1, tiles / at_once, out, in / kPanel, sums + plane * out * in,
                            in});
    }
  }
}

/// Local, because a lambda with a type of this file is warned of where it might be seen outside.
template <typename Stored>
void convolve_blocks(const Images& images, std::int64_t in, std::int64_t out,
                     const Stored* features, const float* taps, Stored* results) {
  const std::int64_t bytes = kWinogradPlanes * (in * static_cast<std::int64_t>(sizeof(Stored)) +
                                                out * static_cast<std::int64_t>(sizeof(float)));
  const TileBlocks blocks(images, bytes);
  const AlignedBuffer<Stored> weights(kWinogradPlanes * in * out);
  training_kernels<Stored>()->weights(taps, in, out, weights.get());
  at::parallel_for(0, blocks.count, 1, [&](std::int64_t begin, std::int64_t end) {
    ConvolutionWork<Stored> work(images, in, out, blocks);
    for (auto block = begin; block < end; ++block) {
      work.run(block, features, weights.get(), results);
    }
  });
}

template <typename Stored>
void sum_gradients(const Images& images, std::int64_t in, std::int64_t out, const Stored* features,
                   const Stored* slopes, float* gradient) {
  const TileBlocks blocks(images,
                          kWinogradPlanes * (in + out) * static_cast<std::int64_t>(sizeof(Stored)));
  // Each share has sums of its own, added in order: the same result in every run on as many
  // threads.
  const auto shares = std::min<std::int64_t>(at::get_num_threads(), blocks.count);
  const auto values = kWinogradPlanes * in * out;
  const AlignedBuffer<float> sums(shares * values);
  at::parallel_for(0, shares, 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto share = begin; share < end; ++share) {
      float* mine = sums.get() + share * values;
      std::fill_n(mine, values, 0.0F);
      add_gradient_planes(images, in, out, blocks, blocks.count * share / shares,
                          blocks.count * (share + 1) / shares, features, slopes, mine);
    }
  });
  for (std::int64_t share = 1; share < shares; ++share) {
    const float* more = sums.get() + share * values;
    for (std::int64_t i = 0; i < values; ++i) sums.get()[i] += more[i];
  }
  training_kernels<Stored>()->weight_gradient(sums.get(), out, in, gradient);
}

}  // namespace

template <typename Stored>
bool winograd_serves(std::int64_t in, std::int64_t out) {
  return training_kernels<Stored>() != nullptr && in > 0 && out > 0 && in % kPanel == 0 &&
         out % kPanel == 0;
}

template <typename Stored>
void winograd_convolve(const Images& images, std::int64_t in, std::int64_t out,
                       const Stored* features, const float* taps, Stored* results) {
  convolve_blocks(images, in, out, features, taps, results);
}

template <typename Stored>
void winograd_gradient_by_weights(const Images& images, std::int64_t in, std::int64_t out,
                                  const Stored* features, const Stored* slopes, float* gradient) {
  sum_gradients(images, in, out, features, slopes, gradient);
}

template bool winograd_serves<float>(std::int64_t, std::int64_t);
template bool winograd_serves<Bfloat16>(std::int64_t, std::int64_t);
template void winograd_convolve(const Images&, std::int64_t, std::int64_t, const float*,
                                const float*, float*);
template void winograd_convolve(const Images&, std::int64_t, std::int64_t, const Bfloat16*,
                                const float*, Bfloat16*);
template void winograd_gradient_by_weights(const Images&, std::int64_t, std::int64_t, const float*,
                                           const float*, float*);
template void winograd_gradient_by_weights(const Images&, std::int64_t, std::int64_t,
                                           const Bfloat16*, const Bfloat16*, float*);

}  // namespace bench::training
