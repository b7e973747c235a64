#include "baselines/classical/collaborative_filter.h"

#include <algorithm>

#include "baselines/classical/filter_tile.h"
#include "baselines/classical/ordered_work.h"

namespace bench::classical {
namespace {

std::vector<PaddedPlane> padded_planes(const FloatPlanes& image, int border) {
  std::vector<PaddedPlane> planes;
  const auto pixels = static_cast<std::ptrdiff_t>(image.height) * image.width;
  for (int channel = 0; channel < image.channels; ++channel) {
    planes.push_back(mirror_padded(image.samples.data() + channel * pixels, image.height,
                                   image.width, border, Mirror::kEdgeTwice));
  }
  return planes;
}

/// Sums over the tiles added so far, image-sized.
struct ImageSums {
  FloatPlanes values;
  std::vector<float> weights;
};

/// Adds a tile's result, without what lies in the mirrored border.
void add_tile(const FilterTile& tile, const TileWorkspace& workspace, int border, ImageSums& sums) {
  const int height = sums.values.height;
  const int width = sums.values.width;
  const int top = tile.first_row - border;
  const int left = tile.first_column - border;
  const int first_x = std::max(0, -left);
  const int end_x =
      std::min(tile.candidates.columns + tile.candidates.patch_size - 1, width - left);
  for (int channel = 0; channel < sums.values.channels; ++channel) {
    const auto& values = workspace.weighted_values[static_cast<std::size_t>(channel)];
    const auto& weights = workspace.weights[static_cast<std::size_t>(channel)];
    for (int y = std::max(0, -top); y < std::min(tile.pixel_rows(), height - top); ++y) {
      const auto to = (static_cast<std::ptrdiff_t>(channel) * height + top + y) * width + left;
      const auto from = static_cast<std::ptrdiff_t>(y) * tile.pixel_stride();
      float* value_row = sums.values.samples.data() + to;
      float* weight_row = sums.weights.data() + to;
      for (int x = first_x; x < end_x; ++x) {
        value_row[x] += values[static_cast<std::size_t>(from + x)];
        weight_row[x] += weights[static_cast<std::size_t>(from + x)];
      }
    }
  }
}

}  // namespace

FloatPlanes collaborative_filter(const FloatPlanes& noisy, const FloatPlanes* basic,
                                 std::span<const float> sigmas,
                                 const CollaborativeFilterOptions& options) {
  const int border = options.matching.search_radius;
  const auto noisy_planes = padded_planes(noisy, border);
  std::vector<PaddedPlane> basic_planes;
  if (basic != nullptr) basic_planes = padded_planes(*basic, border);
  const auto tiles = filter_tiles(noisy.height, noisy.width, options);
  const int threads = std::min(options.threads, static_cast<int>(tiles.size()));
  std::vector<TileWorkspace> workspaces(static_cast<std::size_t>(threads));
  ImageSums sums{noisy, std::vector<float>(noisy.samples.size(), 0.0f)};
  std::fill(sums.values.samples.begin(), sums.values.samples.end(), 0.0f);
  do_in_order(
      static_cast<int>(tiles.size()), threads,
      [&](int worker, int item) {
        filter_tile(tiles[static_cast<std::size_t>(item)], noisy_planes, basic_planes, sigmas,
                    options, workspaces[static_cast<std::size_t>(worker)]);
      },
      [&](int worker, int item) {
        add_tile(tiles[static_cast<std::size_t>(item)],
                 workspaces[static_cast<std::size_t>(worker)], border, sums);
      });
  for (std::size_t i = 0; i < sums.weights.size(); ++i) {
    sums.values.samples[i] /= sums.weights[i];
  }
  return sums.values;
}

}  // namespace bench::classical
