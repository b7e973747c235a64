#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace bench::baselines {

/// Some places of a grid that look around themselves, and everything that they look at. Places are
/// numbered row after row.
struct NeighborhoodTile {
  torch::Tensor queries;     ///< [Q] places
  torch::Tensor candidates;  ///< [C] places: all that lie in the window of any query
  torch::Tensor inside;      ///< [Q, C] whether the candidate lies in the query's own window
};

/// Cuts a grid of places into tiles, each place a query of one tile. A place's window has `window`
/// places each way, itself in the middle; at the grid's edge it is pushed inwards, so that all
/// windows are of one size: the whole side where that is shorter than `window`.
/// \pre height, width, window > 0
std::vector<NeighborhoodTile> neighborhood_tiles(std::int64_t height, std::int64_t width,
                                                 std::int64_t window, torch::Device device);

}  // namespace bench::baselines
