#pragma once

#include <cstdint>
#include <vector>

#include "clearer/space/architecture.h"

namespace bench::clearer {

enum class Stem : std::uint8_t {
  kBottleneck,  ///< as released: the first leads from the image to 4 x channels[0]
  kParallel,    ///< as the paper's text: a 3x3 convolution, then parallel modules
};

enum class Head : std::uint8_t {
  kConvolution1x1,  ///< as released: all resolutions fused into the finest, then 1x1, no bias
  kConvolution3x3,
};

enum class ModuleOrder : std::uint8_t {
  kTransitionFirst,  ///< as released: a transition, then the cell on its branches
  kCellFirst,        ///< the cell, then the transition: each cell has one branch fewer
};

enum class Normalization : std::uint8_t { kBatch, kInstance, kNone };  ///< kNone: biases instead

enum class Upsampling : std::uint8_t { kNearest, kBilinear };

enum class Initialization : std::uint8_t {
  kReleased,           ///< convolutions N(0, .001), normalization 1 and 0
  kKaimingLastZeroed,  ///< Kaiming normal (fan out, ReLU), the last convolution 0
  kKaiming,            ///< Kaiming normal everywhere
};

/// The space that is searched, as one value. Defaults: as released (gray images).
struct SearchSpace {
  std::int64_t image_channels = 1;                          ///< 1 gray, 3 RGB
  std::vector<std::int64_t> channels = {32, 64, 128, 256};  ///< per resolution, finest first
  std::vector<std::int64_t> modules = {2, 4, 4, 4};         ///< of the stem, then of each cell
  std::int64_t branches = 4;  ///< most resolutions kept side by side: 1 (single scale) to 4
  Stem stem = Stem::kBottleneck;
  Head head = Head::kConvolution1x1;
  ModuleOrder order = ModuleOrder::kTransitionFirst;
  bool cross_scale_fusion = true;  ///< false: a fusion module only passes each branch on
  bool global_residual = false;    ///< true: the network predicts what to add to its input
  Normalization normalization = Normalization::kBatch;
  Upsampling upsampling = Upsampling::kNearest;
  Initialization initialization = Initialization::kReleased;

  friend bool operator==(const SearchSpace&, const SearchSpace&) = default;
};

/// \throws std::invalid_argument naming the first impossible value
void validate(const SearchSpace& space);

/// \throws std::invalid_argument unless the architecture has the cells of the space
void validate(const SearchSpace& space, const Architecture& architecture);

/// Searched modules per cell: `modules` without the stem.
std::vector<std::int64_t> cell_sizes(const SearchSpace& space);

/// How many modules are searched: 12 in the released space.
std::int64_t searched_positions(const SearchSpace& space);

/// Branches on which the modules of a cell work (cells counted from 0).
std::int64_t branches_of_cell(const SearchSpace& space, std::int64_t cell);

/// The same for each searched position in network order.
std::vector<std::int64_t> branches_of_positions(const SearchSpace& space);

/// Height and width of an image must be multiples of it: 2^(most branches - 1).
std::int64_t side_multiple(const SearchSpace& space);

}  // namespace bench::clearer
