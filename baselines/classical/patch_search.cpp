#include "baselines/classical/patch_search.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "baselines/classical/lanes.h"

namespace bench::classical {
namespace {

constexpr int kStrip = 4 * kLanes;  ///< candidates of one row that are compared at once

int whole_strips(int count) {
  return (count + kStrip - 1) / kStrip * kStrip;
}

/// Candidate corners, clipped to the image.
struct Window {
  int first_row, rows;
  int first_column, columns;
};

Window window_around(const PaddedPlane& image, int row, int column, int patch_size, int radius) {
  const int top = std::max(row - radius, 0);
  const int left = std::max(column - radius, 0);
  const int bottom = std::min(row + radius, image.height - patch_size);
  const int right = std::min(column + radius, image.width - patch_size);
  return {top, bottom - top + 1, left, right - left + 1};
}

/// Distances of the candidates from `candidate` on, row after row of whole strips: what lies
/// behind the window's end is written, and is no distance.
template <int P>
[[gnu::always_inline]] inline void compare_patches(const float* reference, const float* candidate,
                                                   int stride, int rows, int strips,
                                                   float* distances) {
  for (int y = 0; y < rows; ++y) {
    for (int s = 0; s < strips; ++s, distances += kStrip) {
      const float* first = candidate + static_cast<std::ptrdiff_t>(y) * stride + s * kStrip;
      Lanes sums[4] = {};
      for (int j = 0; j < P; ++j) {
        for (int i = 0; i < P; ++i) {
          const float pixel = reference[j * stride + i];
          for (int v = 0; v < 4; ++v) {
            const Lanes difference = lanes_at(first + j * stride + i + v * kLanes) - pixel;
            sums[v] += difference * difference;
          }
        }
      }
      for (int v = 0; v < 4; ++v) lanes_at(distances + v * kLanes) = sums[v];
    }
  }
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void compare_all(
    int patch_size, const float* reference, const float* candidate, int stride, int rows,
    int strips, float* distances) {
  switch (patch_size) {
    case 6:
      return compare_patches<6>(reference, candidate, stride, rows, strips, distances);
    case 7:
      return compare_patches<7>(reference, candidate, stride, rows, strips, distances);
    case 8:
      return compare_patches<8>(reference, candidate, stride, rows, strips, distances);
    default:
      return compare_patches<9>(reference, candidate, stride, rows, strips, distances);
  }
}

/// Distance and position in one integer that sorts as the pair does (distances are >= 0).
std::uint64_t sortable_key(float distance, std::uint32_t corner) {
  return static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(distance)) << 32 | corner;
}

}  // namespace

PatchSearch::PatchSearch(int patch_size, int search_radius)
    : patch_size_(patch_size),
      search_radius_(search_radius),
      distances_(
          static_cast<std::size_t>((2 * search_radius + 1) * whole_strips(2 * search_radius + 1))) {
}

const std::vector<std::uint32_t>& PatchSearch::nearest(const PaddedPlane& image, int row,
                                                       int column, int wanted) {
  const Window window = window_around(image, row, column, patch_size_, search_radius_);
  const int stride = whole_strips(window.columns);
  compare_all(patch_size_, image.at(row, column), image.at(window.first_row, window.first_column),
              image.stride, window.rows, stride / kStrip, distances_.data());
  keys_.clear();
  for (int y = 0; y < window.rows; ++y) {
    const float* distances = distances_.data() + static_cast<std::ptrdiff_t>(y) * stride;
    const int first = (window.first_row + y) * image.width + window.first_column;
    for (int x = 0; x < window.columns; ++x) {
      keys_.push_back(sortable_key(distances[x], static_cast<std::uint32_t>(first + x)));
    }
  }
  // The reference comes first even where others are equal to it, so that each pixel lies in a
  // group of its own.
  const auto itself = static_cast<std::uint32_t>(row * image.width + column);
  keys_[static_cast<std::size_t>((row - window.first_row) * window.columns + column -
                                 window.first_column)] = 0;
  const auto kept = std::min(static_cast<std::size_t>(wanted), keys_.size());
  const auto end = keys_.begin() + static_cast<std::ptrdiff_t>(kept);
  if (end != keys_.end()) std::nth_element(keys_.begin(), end, keys_.end());
  std::sort(keys_.begin(), end);
  found_.assign(1, itself);
  for (auto key = keys_.begin() + 1; key < end; ++key) {
    found_.push_back(static_cast<std::uint32_t>(*key));
  }
  return found_;
}

}  // namespace bench::classical
