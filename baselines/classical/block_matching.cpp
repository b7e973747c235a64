#include "baselines/classical/block_matching.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "baselines/classical/lanes.h"

namespace bench::classical {
namespace {

/// Distances of all candidates of the references of one row.
class DistanceTable {
 public:
  DistanceTable(int references, int search_radius)
      : side(2 * search_radius + 1),
        // One vector more: a row of candidates is written in whole vectors.
        stride((side * side + kLanes + kBins - 1) / kBins * kBins),
        values(static_cast<std::size_t>(references) * static_cast<std::size_t>(stride),
               std::numeric_limits<float>::infinity()) {}

  float* of(std::size_t reference) {
    return values.data() + reference * static_cast<std::size_t>(stride);
  }

  static constexpr int kBins =
      64;  ///< distances are dealt to so many bins when the best are sought
  int side;
  int stride;
  std::vector<float> values;
};

/// What one thread needs to compare one row of references with one row of candidates.
struct RowComparison {
  const float* reference;  ///< pixel (0, 0) of the leftmost reference patch
  const float* candidate;  ///< pixel (0, 0) of its leftmost candidate in this row
  int stride;              ///< of both
  int span;                ///< pixels from the leftmost reference to the end of the rightmost
  int side;                ///< candidates for each reference
};

/// columns[x * width + d]: squared differences of pixel column x of the references and the same
/// column of the candidate d to the right, summed over the rows of a patch.
template <int K>
[[gnu::always_inline]] inline void sum_columns(const RowComparison& row, int width,
                                               float* columns) {
  for (int x = 0; x < row.span; ++x) {
    for (int d = 0; d < width; d += kLanes) {
      Lanes sum = {};
      for (int j = 0; j < K; ++j) {
        const Lanes difference =
            lanes_at(row.candidate + j * row.stride + x + d) - row.reference[j * row.stride + x];
        sum += difference * difference;
      }
      lanes_at(columns + x * width + d) = sum;
    }
  }
}

/// The same for one candidate `d`, sixteen pixel columns at once.
template <int K>
[[gnu::always_inline]] inline void sum_columns_of(const RowComparison& row, int d, float* columns) {
  for (int x = 0; x < row.span; x += kLanes) {
    Lanes sum = {};
    for (int j = 0; j < K; ++j) {
      const Lanes difference = lanes_at(row.candidate + j * row.stride + x + d) -
                               lanes_at(row.reference + j * row.stride + x);
      sum += difference * difference;
    }
    lanes_at(columns + x) = sum;
  }
}

template <int K>
[[gnu::always_inline]] inline void compare_row(const RowComparison& row,
                                               std::span<const int> offsets, float* columns,
                                               float* distances, int distance_stride) {
  // 33 candidates are two vectors and one: the odd ones are cheaper across the pixel columns.
  const int odd = row.side % kLanes <= 3 ? row.side % kLanes : 0;
  const int width = whole_lanes(row.side - odd);
  sum_columns<K>(row, width, columns);
  for (std::size_t r = 0; r < offsets.size(); ++r) {
    float* to = distances + static_cast<std::ptrdiff_t>(r) * distance_stride;
    for (int d = 0; d < width; d += kLanes) {
      Lanes sum = lanes_at(columns + offsets[r] * width + d);
      for (int i = 1; i < K; ++i) sum += lanes_at(columns + (offsets[r] + i) * width + d);
      lanes_at(to + d) = sum;
    }
  }
  for (int d = row.side - odd; d < row.side; ++d) {
    sum_columns_of<K>(row, d, columns);
    for (std::size_t r = 0; r < offsets.size(); ++r) {
      float sum = columns[offsets[r]];
      for (int i = 1; i < K; ++i) sum += columns[offsets[r] + i];
      distances[static_cast<std::ptrdiff_t>(r) * distance_stride + d] = sum;
    }
  }
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void compare(
    const RowComparison& row, int patch_size, std::span<const int> offsets, float* columns,
    float* distances, int distance_stride) {
  if (patch_size == 8) {
    compare_row<8>(row, offsets, columns, distances, distance_stride);
  } else {
    compare_row<12>(row, offsets, columns, distances, distance_stride);
  }
}

/// Smallest distance in each of the bins, value i being in bin i mod kBins.
[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void bin_minima(
    const float* distances, int count, float* minima) {
  Lanes least[4];
  for (int b = 0; b < 4; ++b) least[b] = lanes_at(distances + b * kLanes);
  for (int i = DistanceTable::kBins; i < count; i += DistanceTable::kBins) {
    for (int b = 0; b < 4; ++b) {
      const Lanes value = lanes_at(distances + i + b * kLanes);
      least[b] = value < least[b] ? value : least[b];
    }
  }
  for (int b = 0; b < 4; ++b) lanes_at(minima + b * kLanes) = least[b];
}

/// Positions of the values <= bound, in order. \returns how many.
[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] int collect(
    const float* distances, int count, float bound, std::uint32_t* positions) {
  int found = 0;
  for (int i = 0; i < count; i += kLanes) {
    int near = 0;
    for (int l = 0; l < kLanes; ++l) near |= static_cast<int>(distances[i + l] <= bound);
    if (near == 0) continue;
    for (int l = 0; l < kLanes; ++l) {
      positions[found] = static_cast<std::uint32_t>(i + l);
      found += static_cast<int>(distances[i + l] <= bound);
    }
  }
  return found;
}

/// Distance and position in one integer that sorts as the pair does (distances are >= 0), but for
/// the reference itself, which comes first even where others are equal to it: each pixel must lie
/// in a group of its own.
std::uint64_t sortable(float distance, std::uint32_t position, std::uint32_t itself) {
  if (position == itself) return 0;
  return static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(distance)) << 32 | (position + 1);
}

/// The position in a key of `sortable`.
int position_of(std::uint64_t key, int itself) {
  return key == 0 ? itself : static_cast<int>(key & 0xffffffffu) - 1;
}

/// Scratch memory of `find_nearest`, and the sorted keys that it found.
struct Selection {
  std::array<float, DistanceTable::kBins> minima;
  std::vector<std::uint32_t> positions;
  std::vector<std::uint64_t> keys;
};

/// The `wanted` nearest candidates below the largest distance, or all where there are fewer.
void find_nearest(const float* distances, int count, int itself,
                  const BlockMatchingOptions& options, Selection& selection) {
  // As many bins as wanted have a minimum at or below their wanted-th smallest minimum, so that
  // the wanted-th smallest distance is not above it: few candidates are left to sort.
  bin_minima(distances, count, selection.minima.data());
  const auto rank = selection.minima.begin() + (options.largest_group - 1);
  std::nth_element(selection.minima.begin(), rank, selection.minima.end());
  const float below_largest = std::nextafter(options.largest_distance, 0.0f);
  const int found =
      collect(distances, count, std::min(*rank, below_largest), selection.positions.data());
  selection.keys.clear();
  for (int i = 0; i < found; ++i) {
    const std::uint32_t position = selection.positions[static_cast<std::size_t>(i)];
    selection.keys.push_back(
        sortable(distances[position], position, static_cast<std::uint32_t>(itself)));
  }
  const auto kept = std::min<std::ptrdiff_t>(options.largest_group, found);
  std::partial_sort(selection.keys.begin(), selection.keys.begin() + kept, selection.keys.end());
  selection.keys.resize(static_cast<std::size_t>(kept));
}

void add_group(int row, int column, int columns, int radius, const Selection& selection,
               PatchGroups& groups) {
  const int side = 2 * radius + 1;
  const std::size_t size = std::bit_floor(selection.keys.size());
  const std::size_t first = groups.sizes.size() * static_cast<std::size_t>(groups.capacity);
  groups.corners.resize(first + static_cast<std::size_t>(groups.capacity));
  groups.sizes.push_back(static_cast<std::uint8_t>(size));
  for (std::size_t i = 0; i < size; ++i) {
    const int position = position_of(selection.keys[i], side * side / 2);
    groups.corners[first + i] = static_cast<std::uint32_t>(
        (row - radius + position / side) * columns + column - radius + position % side);
  }
}

}  // namespace

PatchGroups match_blocks(const float* corner, int stride, int columns,
                         std::span<const int> reference_rows,
                         std::span<const int> reference_columns,
                         const BlockMatchingOptions& options) {
  const int radius = options.search_radius;
  const int leftmost = reference_columns.front();
  std::vector<int> offsets;
  for (const int column : reference_columns) offsets.push_back(column - leftmost);
  const int span = offsets.back() + options.patch_size;
  DistanceTable table(static_cast<int>(reference_columns.size()), radius);
  const int candidates = table.side * table.side;
  std::vector<float> column_sums(
      static_cast<std::size_t>(whole_lanes(span) * whole_lanes(table.side)));
  Selection selection;
  selection.positions.resize(static_cast<std::size_t>(table.stride));
  PatchGroups groups{options.largest_group, {}, {}};
  for (const int row : reference_rows) {
    for (int d = 0; d < table.side; ++d) {
      const RowComparison comparison = {
          corner + static_cast<std::ptrdiff_t>(row) * stride + leftmost,
          corner + static_cast<std::ptrdiff_t>(row - radius + d) * stride + leftmost - radius,
          stride, span, table.side};
      compare(comparison, options.patch_size, offsets, column_sums.data(),
              table.of(0) + d * table.side, table.stride);
    }
    for (std::size_t r = 0; r < reference_columns.size(); ++r) {
      // A row's last vector may have overwritten the padding behind the candidates.
      std::fill(table.of(r) + candidates, table.of(r) + table.stride,
                std::numeric_limits<float>::infinity());
      find_nearest(table.of(r), table.stride, candidates / 2, options, selection);
      add_group(row, reference_columns[r], columns, radius, selection, groups);
    }
  }
  return groups;
}

}  // namespace bench::classical
