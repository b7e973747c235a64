#include "training/kernels/packed_convolution.h"

#include <algorithm>
#include <array>

#include "training/kernels/convolution_kernels.h"
#include "training/kernels/parallel.h"

namespace bench::training {
namespace {

constexpr std::int64_t kPlanes = 16;  // of F(2x2, 3x3)
/// With fewer input channels the transforms cost what the products save.
constexpr std::int64_t kFewestForWinograd = 32;
constexpr std::int64_t kRowsOfAStrip = 4;  // results that one copy of the input serves
/// Transformed values of so many tiles stay in the second cache.
constexpr std::int64_t kTileValues = 4096;

bool suits_winograd(const PackedShape& shape) {
  const auto lanes = winograd_kernels().lanes;
  return lanes > 0 && shape.kernel == 3 && shape.stride == 1 && shape.in % lanes == 0 &&
         shape.in >= kFewestForWinograd && shape.out % lanes == 0;
}

/// Rows `first` .. of the image with the zeros around it that a 3x3 convolution reads.
void copy_padded(const float* in, const PixelGrid& grid, std::int64_t channels, std::int64_t first,
                 std::int64_t rows, std::int64_t width, float* to) {
  const auto row_values = width * channels, in_values = grid.width * channels;
  for (std::int64_t i = 0; i < rows; ++i, to += row_values) {
    const auto y = first + i;
    if (y < 0 || y >= grid.height) {
      std::fill_n(to, row_values, 0.0F);
      continue;
    }
    std::fill_n(to, channels, 0.0F);
    std::copy_n(in + y * in_values, in_values, to + channels);
    std::fill(to + channels + in_values, to + row_values, 0.0F);
  }
}

/// Not initialized.
std::unique_ptr<float[]> scratch(std::int64_t values) {
  return std::make_unique_for_overwrite<float[]>(static_cast<std::size_t>(values));
}

/// G g G^T with G = (1 0 0; .5 .5 .5; .5 -.5 .5; 0 0 1), in double.
std::array<double, kPlanes> winograd_weights(const float* kernel) {
  const auto spread = [](double a, double b, double c) {
    return std::array<double, 4>{a, 0.5 * (a + b + c), 0.5 * (a - b + c), c};
  };
  std::array<std::array<double, 3>, 4> half;
  for (std::size_t x = 0; x < 3; ++x) {
    const auto column = spread(kernel[x], kernel[3 + x], kernel[6 + x]);
    for (std::size_t y = 0; y < 4; ++y) half[y][x] = column[y];
  }
  std::array<double, kPlanes> planes;
  for (std::size_t y = 0; y < 4; ++y) {
    const auto row = spread(half[y][0], half[y][1], half[y][2]);
    std::copy(row.begin(), row.end(), planes.begin() + static_cast<std::ptrdiff_t>(4 * y));
  }
  return planes;
}

}  // namespace

struct PackedConvolution::Job {
  PixelGrid grid;  ///< of the input
  const float* in;
  const float* bias;
  const float* residual;
  bool relu;
  float* out;
};

bool PackedConvolution::serves(const PackedShape& shape) {
  const bool known = (shape.kernel == 1 && shape.stride == 1) ||
                     (shape.kernel == 3 && (shape.stride == 1 || shape.stride == 2));
  return known && !block_kernels().empty() && shape.out % block_kernels().back().width == 0;
}

PackedConvolution::PackedConvolution(const PackedShape& shape, const float* weights)
    : shape_(shape), by_winograd_(suits_winograd(shape)) {
  for (std::int64_t first = 0; first < shape.out;) {
    const auto& all = block_kernels();
    const auto widest = std::find_if(all.begin(), all.end(), [&](const BlockKernels& kernels) {
      return first + kernels.width <= shape.out;
    });
    groups_.push_back({&*widest, first, {}});
    first += widest->width;
  }
  by_winograd_ ? pack_for_winograd(weights) : pack_directly(weights);
}

PackedConvolution::~PackedConvolution() = default;

void PackedConvolution::pack_directly(const float* weights) {
  const auto taps = shape_.kernel * shape_.kernel;
  for (auto& group : groups_) {
    const auto width = group.kernels->width;
    for (std::int64_t tap = 0; tap < taps; ++tap) {
      for (std::int64_t c = 0; c < shape_.in; ++c) {
        for (std::int64_t o = 0; o < width; ++o) {
          group.weights.push_back(weights[((group.first + o) * shape_.in + c) * taps + tap]);
        }
      }
    }
  }
}

void PackedConvolution::pack_for_winograd(const float* weights) {
  for (auto& group : groups_) {
    const auto width = group.kernels->width;
    group.weights.resize(static_cast<std::size_t>(kPlanes * shape_.in * width));
    for (std::int64_t o = 0; o < width; ++o) {
      for (std::int64_t c = 0; c < shape_.in; ++c) {
        const auto planes = winograd_weights(weights + ((group.first + o) * shape_.in + c) * 9);
        for (std::int64_t plane = 0; plane < kPlanes; ++plane) {
          group.weights[static_cast<std::size_t>((plane * shape_.in + c) * width + o)] =
              static_cast<float>(planes[static_cast<std::size_t>(plane)]);
        }
      }
    }
  }
}

void PackedConvolution::run(const PixelGrid& grid, const float* in, const float* bias,
                            const float* residual, bool relu, float* out) const {
  const Job job{grid, in, bias, residual, relu, out};
  if (shape_.kernel == 1) return run_pointwise(job);
  if (by_winograd_) {
    const auto tile_rows = (grid.height + 1) / 2;
    const auto tiles = (grid.width + 1) / 2;
    const auto at_once = std::max<std::int64_t>(1, kTileValues / shape_.in / tiles);
    at::parallel_for(0, (tile_rows + at_once - 1) / at_once, 1, [&](auto begin, auto end) {
      for (auto i = begin; i < end; ++i) {
        run_tile_rows(job, i * at_once, std::min(at_once, tile_rows - i * at_once));
      }
    });
    return;
  }
  const auto rows = grid.height / shape_.stride;
  at::parallel_for(0, (rows + kRowsOfAStrip - 1) / kRowsOfAStrip, 1, [&](auto begin, auto end) {
    for (auto i = begin; i < end; ++i) {
      run_rows(job, i * kRowsOfAStrip, std::min(kRowsOfAStrip, rows - i * kRowsOfAStrip));
    }
  });
}

void PackedConvolution::run_pointwise(const Job& job) const {
  constexpr std::int64_t kPixels = 1024, kHere = 0;
  const auto pixels = job.grid.height * job.grid.width;
  at::parallel_for(0, (pixels + kPixels - 1) / kPixels, 1, [&](auto begin, auto end) {
    for (auto i = begin; i < end; ++i) {
      const auto from = i * kPixels;
      for (const auto& group : groups_) {
        const auto place = from * shape_.out + group.first;
        group.kernels->run({.in = job.in + from * shape_.in,
                            .pixel_stride = shape_.in,
                            .tap_offsets = &kHere,
                            .taps = 1,
                            .channels = shape_.in,
                            .weights = group.weights.data(),
                            .bias = job.bias ? job.bias + group.first : nullptr,
                            .residual = job.residual ? job.residual + place : nullptr,
                            .relu = job.relu,
                            .out = job.out + place,
                            .out_stride = shape_.out},
                           std::min(kPixels, pixels - from));
      }
    }
  });
}

void PackedConvolution::run_rows(const Job& job, std::int64_t first_row, std::int64_t rows) const {
  const auto width = job.grid.width / shape_.stride;
  const auto padded_width = job.grid.width + 2, row_values = padded_width * shape_.in;
  const auto in_rows = (rows - 1) * shape_.stride + 3;
  const auto strip = scratch((in_rows * row_values));
  copy_padded(job.in, job.grid, shape_.in, first_row * shape_.stride - 1, in_rows, padded_width,
              strip.get());
  std::array<std::int64_t, 9> taps;
  for (std::size_t i = 0; i < taps.size(); ++i) {
    const auto tap = static_cast<std::int64_t>(i);
    taps[i] = tap / 3 * row_values + tap % 3 * shape_.in;
  }
  for (const auto& group : groups_) {
    for (std::int64_t y = 0; y < rows; ++y) {
      const auto place = (first_row + y) * width * shape_.out + group.first;
      group.kernels->run({.in = strip.get() + y * shape_.stride * row_values,
                          .pixel_stride = shape_.stride * shape_.in,
                          .tap_offsets = taps.data(),
                          .taps = 9,
                          .channels = shape_.in,
                          .weights = group.weights.data(),
                          .bias = job.bias ? job.bias + group.first : nullptr,
                          .residual = job.residual ? job.residual + place : nullptr,
                          .relu = job.relu,
                          .out = job.out + place,
                          .out_stride = shape_.out},
                         width);
    }
  }
}

void PackedConvolution::run_tile_rows(const Job& job, std::int64_t first_row,
                                      std::int64_t rows) const {
  const auto across = (job.grid.width + 1) / 2, tiles = rows * across;
  const auto padded_width = 2 * across + 2, row_values = padded_width * shape_.in;
  const auto strip = scratch(((2 * rows + 2) * row_values));
  copy_padded(job.in, job.grid, shape_.in, 2 * first_row - 1, 2 * rows + 2, padded_width,
              strip.get());
  const auto in_plane = tiles * shape_.in, out_plane = tiles * shape_.out;
  const auto transformed = scratch((kPlanes * in_plane));
  const auto products = scratch((kPlanes * out_plane));
  for (std::int64_t row = 0; row < rows; ++row) {
    winograd_kernels().transform_input(strip.get() + 2 * row * row_values, row_values, shape_.in,
                                       across, transformed.get() + row * across * shape_.in,
                                       in_plane);
  }
  constexpr std::int64_t kHere = 0;
  for (std::int64_t plane = 0; plane < kPlanes; ++plane) {
    for (const auto& group : groups_) {
      group.kernels->run(
          {.in = transformed.get() + plane * in_plane,
           .pixel_stride = shape_.in,
           .tap_offsets = &kHere,
           .taps = 1,
           .channels = shape_.in,
           .weights = group.weights.data() + plane * shape_.in * group.kernels->width,
           .bias = nullptr,
           .residual = nullptr,
           .relu = false,
           .out = products.get() + plane * out_plane + group.first,
           .out_stride = shape_.out},
          tiles);
    }
  }
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto y = 2 * (first_row + row);
    const auto place = y * job.grid.width * shape_.out;
    winograd_kernels().transform_output({.products = products.get() + row * across * shape_.out,
                                         .plane = out_plane,
                                         .channels = shape_.out,
                                         .rows = std::min<std::int64_t>(2, job.grid.height - y),
                                         .columns = job.grid.width,
                                         .bias = job.bias,
                                         .residual = job.residual ? job.residual + place : nullptr,
                                         .relu = job.relu,
                                         .out = job.out + place,
                                         .row_values = job.grid.width * shape_.out});
  }
}

}  // namespace bench::training
