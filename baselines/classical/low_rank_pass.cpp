#include "baselines/classical/low_rank_pass.h"

#include <algorithm>

#include "baselines/classical/low_rank.h"
#include "baselines/classical/ordered_work.h"
#include "baselines/classical/patch_search.h"

namespace bench::classical {
namespace {

/// Sums over the groups of one row of references, and the memory that they need.
struct GroupRow {
  int first_row = 0;  ///< of the image
  int rows = 0;
  std::vector<float> values;
  std::vector<float> counts;
  std::vector<float> matrix;
  std::vector<float> means;
};

void copy_patches(const PaddedPlane& image, std::span<const std::uint32_t> corners, int patch_size,
                  float* matrix) {
  for (const std::uint32_t corner : corners) {
    const auto y = static_cast<int>(corner) / image.width;
    const auto x = static_cast<int>(corner) % image.width;
    const float* pixel = image.at(y, x);
    for (int j = 0; j < patch_size; ++j, pixel += image.stride) {
      for (int i = 0; i < patch_size; ++i) *matrix++ = pixel[i];
    }
  }
}

void add_patches(std::span<const std::uint32_t> corners, int width, int patch_size, GroupRow& row) {
  const float* value = row.matrix.data();
  for (const std::uint32_t corner : corners) {
    const auto first =
        static_cast<std::ptrdiff_t>(corner) - static_cast<std::ptrdiff_t>(row.first_row) * width;
    for (int j = 0; j < patch_size; ++j, value += patch_size) {
      float* values = row.values.data() + first + static_cast<std::ptrdiff_t>(j) * width;
      float* counts = row.counts.data() + first + static_cast<std::ptrdiff_t>(j) * width;
      for (int i = 0; i < patch_size; ++i) {
        values[i] += value[i];
        counts[i] += 1.0f;
      }
    }
  }
}

/// Adds factor * `vector` to each column of the matrix.
void add_to_columns(std::span<float> matrix, std::span<const float> vector, float factor) {
  const std::size_t rows = vector.size();
  for (std::size_t first = 0; first < matrix.size(); first += rows) {
    for (std::size_t i = 0; i < rows; ++i) matrix[first + i] += factor * vector[i];
  }
}

/// Takes the mean of the columns away; it stays in `means`.
void center(std::span<float> matrix, std::vector<float>& means, int pixels) {
  const auto rows = static_cast<std::size_t>(pixels);
  means.assign(rows, 0.0f);
  for (std::size_t first = 0; first < matrix.size(); first += rows) {
    for (std::size_t i = 0; i < rows; ++i) means[i] += matrix[first + i];
  }
  const auto columns = matrix.size() / rows;
  for (float& mean : means) mean /= static_cast<float>(columns);
  add_to_columns(matrix, means, -1.0f);
}

void filter_group(const PaddedPlane& image, std::span<const std::uint32_t> corners, int patch_size,
                  const SingularValueShrinkage& shrinkage, GroupRow& row) {
  const int pixels = patch_size * patch_size;
  row.matrix.resize(corners.size() * static_cast<std::size_t>(pixels));
  copy_patches(image, corners, patch_size, row.matrix.data());
  center(row.matrix, row.means, pixels);
  shrink_singular_values(row.matrix, pixels, shrinkage);
  add_to_columns(row.matrix, row.means, 1.0f);
  add_patches(corners, image.width, patch_size, row);
}

void clear(const PaddedPlane& image, const GroupGrid& grid, int reference_row, GroupRow& row) {
  const int last = std::min(reference_row + grid.search_radius, image.height - grid.patch_size);
  row.first_row = std::max(reference_row - grid.search_radius, 0);
  row.rows = last + grid.patch_size - row.first_row;
  const auto pixels = static_cast<std::size_t>(row.rows) * static_cast<std::size_t>(image.width);
  row.values.assign(pixels, 0.0f);
  row.counts.assign(pixels, 0.0f);
}

void add_row(const GroupRow& row, std::vector<float>& values, std::vector<float>& counts,
             int width) {
  const auto first = static_cast<std::size_t>(row.first_row) * static_cast<std::size_t>(width);
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    values[first + i] += row.values[i];
    counts[first + i] += row.counts[i];
  }
}

}  // namespace

SimilarPatches similar_patches(const PaddedPlane& image, const GroupGrid& grid, int threads) {
  SimilarPatches groups(grid.references());
  const auto rows = static_cast<int>(grid.rows.size());
  std::vector<PatchSearch> searches(static_cast<std::size_t>(threads),
                                    PatchSearch(grid.patch_size, grid.search_radius));
  do_in_order(
      rows, threads,
      [&](int worker, int item) {
        auto& search = searches[static_cast<std::size_t>(worker)];
        auto* group = groups.data() + static_cast<std::size_t>(item) * grid.columns.size();
        for (const int column : grid.columns) {
          *group++ = search.nearest(image, grid.rows[static_cast<std::size_t>(item)], column,
                                    grid.largest_group);
        }
      },
      [](int, int) {});
  return groups;
}

FloatPlanes low_rank_pass(const PaddedPlane& image, const GroupGrid& grid,
                          const SimilarPatches& groups, std::span<const double> sigmas,
                          double strength, int threads) {
  const int width = image.width;
  const auto pixels = static_cast<std::size_t>(image.height) * static_cast<std::size_t>(width);
  FloatPlanes average{1, image.height, width, std::vector<float>(pixels, 0.0f)};
  std::vector<float> counts(pixels, 0.0f);
  std::vector<GroupRow> workspaces(static_cast<std::size_t>(threads));
  do_in_order(
      static_cast<int>(grid.rows.size()), threads,
      [&](int worker, int item) {
        auto& row = workspaces[static_cast<std::size_t>(worker)];
        clear(image, grid, grid.rows[static_cast<std::size_t>(item)], row);
        const std::size_t first = static_cast<std::size_t>(item) * grid.columns.size();
        for (std::size_t g = first; g < first + grid.columns.size(); ++g) {
          const SingularValueShrinkage shrinkage{sigmas[g], static_cast<int>(groups[g].size()),
                                                 strength};
          filter_group(image, groups[g], grid.patch_size, shrinkage, row);
        }
      },
      [&](int worker, int) {
        add_row(workspaces[static_cast<std::size_t>(worker)], average.samples, counts, width);
      });
  for (std::size_t i = 0; i < pixels; ++i) average.samples[i] /= counts[i];
  return average;
}

}  // namespace bench::classical
