#include "baselines/networks/neighborhood.h"

#include <torch/types.h>

#include <algorithm>

namespace bench::baselines {
namespace {

/// Windows along one side of the grid.
struct Windows {
  std::int64_t side;
  std::int64_t window;

  std::int64_t length() const { return std::min(side, window); }
  std::int64_t begin(std::int64_t place) const {
    return std::clamp<std::int64_t>(place - window / 2, 0, side - length());
  }
};

struct Span {
  std::int64_t begin, end;            ///< queries
  std::int64_t seen_begin, seen_end;  ///< places in any of their windows
};

std::vector<Span> spans_of(const Windows& windows) {
  // Where all windows are one, so is the tile; else half a window wastes least of the matrices.
  const auto tile =
      windows.side <= windows.window ? windows.side : std::max<std::int64_t>(1, windows.window / 2);
  std::vector<Span> spans;
  for (std::int64_t begin = 0; begin < windows.side; begin += tile) {
    const auto end = std::min(windows.side, begin + tile);
    spans.push_back({begin, end, windows.begin(begin), windows.begin(end - 1) + windows.length()});
  }
  return spans;
}

torch::Tensor places(std::int64_t row_begin, std::int64_t row_end, std::int64_t column_begin,
                     std::int64_t column_end, std::int64_t width) {
  return (torch::arange(row_begin, row_end).unsqueeze(1) * width +
          torch::arange(column_begin, column_end))
      .flatten();
}

/// [queries, seen] of one side.
torch::Tensor sees(const Windows& windows, const Span& span) {
  const auto seen = torch::arange(span.seen_begin, span.seen_end);
  const auto begins = (torch::arange(span.begin, span.end) - windows.window / 2)
                          .clamp(0, windows.side - windows.length())
                          .unsqueeze(1);
  return (seen >= begins).logical_and(seen < begins + windows.length());
}

}  // namespace

std::vector<NeighborhoodTile> neighborhood_tiles(std::int64_t height, std::int64_t width,
                                                 std::int64_t window, torch::Device device) {
  TORCH_CHECK(height > 0 && width > 0 && window > 0,
              "neighborhood_tiles: expected a grid and a window of at least one place, got ",
              height, " x ", width, " and ", window);
  const Windows rows{height, window}, columns{width, window};
  std::vector<NeighborhoodTile> tiles;
  for (const auto& row : spans_of(rows)) {
    for (const auto& column : spans_of(columns)) {
      const auto inside = sees(rows, row).unsqueeze(1).unsqueeze(3).logical_and(
          sees(columns, column).unsqueeze(0).unsqueeze(2));
      const auto queries = places(row.begin, row.end, column.begin, column.end, width);
      const auto candidates =
          places(row.seen_begin, row.seen_end, column.seen_begin, column.seen_end, width);
      tiles.push_back({queries.to(device), candidates.to(device),
                       inside.reshape({queries.numel(), candidates.numel()}).to(device)});
    }
  }
  return tiles;
}

}  // namespace bench::baselines
