#pragma once

#include "stages/restoration.h"

namespace bench::stages {

/// How a large image is cut.
struct Tiling {
  int tile = 0;      ///< pixels each way that one tile contributes
  int overlap = 0;   ///< pixels around them that it also sees
  int multiple = 1;  ///< tiles begin at multiples of it: the network's side_multiple()
};

/// Restores tile by tile. Equal to the whole image's restoration where `overlap` is at least the
/// radius of the receptive field. \pre tile > 0, overlap >= 0, multiple > 0
datasets::FloatImage restored_in_tiles(const Restoration& restore,
                                       const datasets::FloatImage& degraded, const Tiling& tiling);

}  // namespace bench::stages
