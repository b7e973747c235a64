#include "stages/tiles.h"

#include <algorithm>
#include <vector>

namespace bench::stages {
namespace {

using datasets::FloatImage;

/// Pixels of one side: those that a tile contributes, and those that it sees.
struct Span {
  int begin;
  int end;
  int seen_begin;
  int seen_end;
};

int rounded_up(int pixels, int multiple) {
  return (pixels + multiple - 1) / multiple * multiple;
}

std::vector<Span> spans_of(int side, const Tiling& tiling) {
  const int tile = rounded_up(tiling.tile, tiling.multiple);
  const int overlap = rounded_up(tiling.overlap, tiling.multiple);
  std::vector<Span> spans;
  for (int begin = 0; begin < side; begin += tile) {
    const int end = std::min(side, begin + tile);
    spans.push_back({begin, end, std::max(0, begin - overlap), std::min(side, end + overlap)});
  }
  return spans;
}

FloatImage seen_part(const FloatImage& image, const Span& rows, const Span& columns) {
  FloatImage part{.channels = image.channels,
                  .height = rows.seen_end - rows.seen_begin,
                  .width = columns.seen_end - columns.seen_begin};
  part.samples.reserve(part.plane_size() * static_cast<std::size_t>(part.channels));
  for (int channel = 0; channel < image.channels; ++channel) {
    for (int y = rows.seen_begin; y < rows.seen_end; ++y) {
      const auto row = image.samples.begin() +
                       (static_cast<std::ptrdiff_t>(channel) * image.height + y) * image.width;
      part.samples.insert(part.samples.end(), row + columns.seen_begin, row + columns.seen_end);
    }
  }
  return part;
}

void put(const FloatImage& part, const Span& rows, const Span& columns, FloatImage& whole) {
  for (int channel = 0; channel < whole.channels; ++channel) {
    for (int y = rows.begin; y < rows.end; ++y) {
      const auto from =
          part.samples.begin() +
          (static_cast<std::ptrdiff_t>(channel) * part.height + y - rows.seen_begin) * part.width +
          (columns.begin - columns.seen_begin);
      const auto to = whole.samples.begin() +
                      (static_cast<std::ptrdiff_t>(channel) * whole.height + y) * whole.width +
                      columns.begin;
      std::copy(from, from + (columns.end - columns.begin), to);
    }
  }
}

}  // namespace

FloatImage restored_in_tiles(const Restoration& restore, const FloatImage& degraded,
                             const Tiling& tiling) {
  FloatImage whole = degraded;
  for (const auto& rows : spans_of(degraded.height, tiling)) {
    for (const auto& columns : spans_of(degraded.width, tiling)) {
      put(restore(seen_part(degraded, rows, columns)), rows, columns, whole);
    }
  }
  return whole;
}

}  // namespace bench::stages
