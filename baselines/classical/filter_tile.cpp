#include "baselines/classical/filter_tile.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "baselines/classical/group_shrinkage.h"
#include "baselines/classical/lanes.h"

namespace bench::classical {
namespace {

// 16 x 32 references need spectra of 78 x 128 patches, 2.6 MB for patches of 8 x 8.
constexpr std::size_t kTileRows = 16;
constexpr std::size_t kTileColumns = 32;
constexpr double kKaiserBeta = 2.0;

/// 0, step, 2 step, ..., and the last corner of all.
std::vector<int> reference_corners(int size, int patch_size, int step) {
  std::vector<int> corners;
  const int last = size - patch_size;
  for (int corner = 0; corner < last; corner += step) corners.push_back(corner);
  corners.push_back(last);
  return corners;
}

std::vector<std::vector<int>> runs_of(const std::vector<int>& corners, std::size_t length) {
  std::vector<std::vector<int>> runs;
  for (std::size_t first = 0; first < corners.size(); first += length) {
    const auto begin = corners.begin() + static_cast<std::ptrdiff_t>(first);
    const auto count = std::min(length, corners.size() - first);
    runs.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  return runs;
}

std::vector<int> moved(std::vector<int> corners, int offset) {
  for (int& corner : corners) corner += offset;
  return corners;
}

std::vector<float> kaiser_window(int size) {
  std::vector<float> window;
  for (int i = 0; i < size; ++i) {
    const double x = 2.0 * i / (size - 1) - 1.0;
    const double root = std::sqrt(std::max(0.0, 1.0 - x * x));
    window.push_back(static_cast<float>(std::cyl_bessel_i(0.0, kKaiserBeta * root) /
                                        std::cyl_bessel_i(0.0, kKaiserBeta)));
  }
  return window;
}

std::vector<float> outer_product(const std::vector<float>& window) {
  std::vector<float> product;
  for (const float row : window) {
    for (const float column : window) product.push_back(row * column);
  }
  return product;
}

/// Adds to `sum` the weights of the corners, spread over their patches by the window.
void add_spread_weights(const float* weights, const PatchRectangle& rectangle,
                        const std::vector<float>& window, float* sum, int sum_stride) {
  const int columns = rectangle.columns;
  std::vector<float> spread(static_cast<std::size_t>(columns + rectangle.patch_size));
  for (int y = 0; y < rectangle.rows; ++y) {
    std::fill(spread.begin(), spread.end(), 0.0f);
    for (int i = 0; i < rectangle.patch_size; ++i) {
      float* to = spread.data() + i;
      const float factor = window[static_cast<std::size_t>(i)];
      for (int x = 0; x < columns; ++x) to[x] += factor * weights[x];
    }
    for (int j = 0; j < rectangle.patch_size; ++j) {
      float* to = sum + static_cast<std::ptrdiff_t>(y + j) * sum_stride;
      const float factor = window[static_cast<std::size_t>(j)];
      for (int x = 0; x < columns + rectangle.patch_size; ++x) to[x] += factor * spread[x];
    }
    weights += columns;
  }
}

const float* spectra_of(const PaddedPlane& plane, const FilterTile& tile, PatchTransform transform,
                        AlignedFloats& memory) {
  const auto patches = static_cast<std::size_t>(tile.candidates.rows * tile.candidates.columns);
  float* spectra =
      memory.uninitialized(patches * static_cast<std::size_t>(tile.candidates.coefficients()));
  transform_patches(plane.at(tile.first_row, tile.first_column), plane.stride, tile.candidates,
                    transform, spectra);
  return spectra;
}

/// Filters the groups in one plane. \param basic  null in pass 1.
void filter_plane(const FilterTile& tile, const PatchGroups& groups, const PaddedPlane& noisy,
                  const PaddedPlane* basic, float sigma, PatchTransform transform,
                  std::size_t channel, TileWorkspace& workspace) {
  const int coefficients = tile.candidates.coefficients();
  const auto patches = static_cast<std::size_t>(tile.candidates.rows * tile.candidates.columns);
  const SpectrumSums sums = {
      workspace.spectrum_sums.zeros(patches * static_cast<std::size_t>(coefficients)),
      workspace.spectrum_weights.zeros(patches)};
  const float* noisy_spectra = spectra_of(noisy, tile, transform, workspace.noisy_spectra);
  if (basic == nullptr) {
    add_thresholded_groups(groups, noisy_spectra, coefficients, sigma, sums);
  } else {
    const float* basic_spectra = spectra_of(*basic, tile, transform, workspace.basic_spectra);
    add_wiener_filtered_groups(groups, noisy_spectra, basic_spectra, coefficients, sigma, sums);
  }
  const auto pixels = static_cast<std::size_t>(tile.pixel_rows() * tile.pixel_stride());
  auto& values = workspace.weighted_values[channel];
  auto& weights = workspace.weights[channel];
  values.assign(pixels, 0.0f);
  weights.assign(pixels, 0.0f);
  const auto window = kaiser_window(tile.candidates.patch_size);
  add_inverse_patches(sums.weighted_spectra, tile.candidates, transform,
                      outer_product(window).data(), values.data(), tile.pixel_stride());
  add_spread_weights(sums.weights, tile.candidates, window, weights.data(), tile.pixel_stride());
}

}  // namespace

int FilterTile::pixel_stride() const {
  return candidates.columns + whole_lanes(candidates.patch_size) + kLanes;
}

float* AlignedFloats::uninitialized(std::size_t size) {
  if (storage_.size() < size + kLanes) storage_.resize(size + kLanes);
  const auto address = reinterpret_cast<std::uintptr_t>(storage_.data());
  const std::uintptr_t line = kLanes * sizeof(float);
  return storage_.data() + (line - address % line) % line / sizeof(float);
}

float* AlignedFloats::zeros(std::size_t size) {
  float* first = uninitialized(size);
  std::fill(first, first + size, 0.0f);
  return first;
}

std::vector<FilterTile> filter_tiles(int height, int width,
                                     const CollaborativeFilterOptions& options) {
  const int patch_size = options.matching.patch_size;
  const int radius = options.matching.search_radius;
  const auto row_runs =
      runs_of(reference_corners(height, patch_size, options.reference_step), kTileRows);
  const auto column_runs =
      runs_of(reference_corners(width, patch_size, options.reference_step), kTileColumns);
  std::vector<FilterTile> tiles;
  for (const auto& rows : row_runs) {
    for (const auto& columns : column_runs) {
      // The padding moves corners by the radius, which the search window takes off again.
      tiles.push_back({rows.front(),
                       columns.front(),
                       {rows.back() - rows.front() + 2 * radius + 1,
                        whole_lanes(columns.back() - columns.front() + 2 * radius + 1), patch_size},
                       moved(rows, radius - rows.front()),
                       moved(columns, radius - columns.front())});
    }
  }
  return tiles;
}

void filter_tile(const FilterTile& tile, std::span<const PaddedPlane> noisy,
                 std::span<const PaddedPlane> basic, std::span<const float> sigmas,
                 const CollaborativeFilterOptions& options, TileWorkspace& workspace) {
  const PaddedPlane& guide = basic.empty() ? noisy[0] : basic[0];
  const PatchGroups groups = match_blocks(guide.at(tile.first_row, tile.first_column), guide.stride,
                                          tile.candidates.columns, tile.reference_rows,
                                          tile.reference_columns, options.matching);
  workspace.weighted_values.resize(noisy.size());
  workspace.weights.resize(noisy.size());
  for (std::size_t channel = 0; channel < noisy.size(); ++channel) {
    filter_plane(tile, groups, noisy[channel], basic.empty() ? nullptr : &basic[channel],
                 sigmas[channel], options.transform, channel, workspace);
  }
}

}  // namespace bench::classical
