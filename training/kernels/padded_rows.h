#pragma once

#include <algorithm>
#include <cstdint>

namespace bench::training {

/// Images in channels-last memory.
template <typename Stored>
struct ImageView {
  const Stored* values;  ///< [count][height][width][channels]
  std::int64_t height, width, channels;
};

/// Which rows of which image, with how many columns: what lies outside is zero.
struct RowRange {
  std::int64_t image;
  std::int64_t first, rows;
  std::int64_t left, columns;  ///< columns outside on the left, and of all
};

/// Copies [rows][columns][channels].
template <typename Stored>
void copy_padded_rows(const ImageView<Stored>& from, const RowRange& range, Stored* to) {
  const auto inside = std::min(from.width, range.columns - range.left);
  const auto row_values = range.columns * from.channels;
  for (std::int64_t i = 0; i < range.rows; ++i, to += row_values) {
    const auto y = range.first + i;
    if (y < 0 || y >= from.height) {
      std::fill_n(to, row_values, Stored{});
      continue;
    }
    const auto row = (range.image * from.height + y) * from.width * from.channels;
    Stored* at = std::fill_n(to, range.left * from.channels, Stored{});
    at = std::copy_n(from.values + row, inside * from.channels, at);
    std::fill(at, to + row_values, Stored{});
  }
}

}  // namespace bench::training
