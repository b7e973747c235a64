#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "clearer/space/architecture.h"
#include "core/text/choices.h"

namespace bench::clearer {

enum class Stem : std::uint8_t {
  kBottleneck,  ///< as released: the first leads from the image to 4 x channels[0]
  kParallel,    ///< as the paper's text: a 3x3 convolution, then parallel modules
};
constexpr auto choices_of(Stem) {
  return std::to_array<text::Choice<Stem>>(
      {{Stem::kBottleneck, "bottleneck"}, {Stem::kParallel, "parallel"}});
}

enum class Head : std::uint8_t {
  kConvolution1x1,  ///< as released: all resolutions fused into the finest, then 1x1, no bias
  kConvolution3x3,
};
constexpr auto choices_of(Head) {
  return std::to_array<text::Choice<Head>>(
      {{Head::kConvolution1x1, "1x1"}, {Head::kConvolution3x3, "3x3"}});
}

enum class ModuleOrder : std::uint8_t {
  kTransitionFirst,  ///< as released: a transition, then the cell on its branches
  kTransitionLast,   ///< the cell, then the transition: each cell has one branch fewer
};
constexpr auto choices_of(ModuleOrder) {
  return std::to_array<text::Choice<ModuleOrder>>(
      {{ModuleOrder::kTransitionFirst, "transition-first"},
       {ModuleOrder::kTransitionLast, "transition-last"}});
}

enum class Normalization : std::uint8_t { kBatch, kInstance, kNone };  ///< kNone: biases instead
constexpr auto choices_of(Normalization) {
  return std::to_array<text::Choice<Normalization>>({{Normalization::kBatch, "batch"},
                                                     {Normalization::kInstance, "instance"},
                                                     {Normalization::kNone, "none"}});
}

enum class Upsampling : std::uint8_t { kNearest, kBilinear };
constexpr auto choices_of(Upsampling) {
  return std::to_array<text::Choice<Upsampling>>(
      {{Upsampling::kNearest, "nearest"}, {Upsampling::kBilinear, "bilinear"}});
}

enum class Initialization : std::uint8_t {
  kReleased,           ///< convolutions N(0, .001), normalization 1 and 0
  kKaiming,            ///< Kaiming normal (fan in); the last convolution 0 if something is added
  kKaimingLastZeroed,  ///< Kaiming normal, the last convolution 0
  kKaimingPlain,       ///< Kaiming normal everywhere
};
constexpr auto choices_of(Initialization) {
  return std::to_array<text::Choice<Initialization>>(
      {{Initialization::kReleased, "released"},
       {Initialization::kKaiming, "kaiming"},
       {Initialization::kKaimingLastZeroed, "kaiming-last-zeroed"},
       {Initialization::kKaimingPlain, "kaiming-plain"}});
}

/// The space that is searched, as one value. Defaults: as released (gray images).
struct SearchSpace {
  std::int64_t image_channels = 1;                          ///< 1 gray, 3 RGB: the task's
  std::vector<std::int64_t> channels = {32, 64, 128, 256};  ///< per resolution, finest first
  std::vector<std::int64_t> modules = {2, 4, 4, 4};         ///< of the stem, then of each cell
  /// Most resolutions kept side by side, 1 (single scale) to 4; 0: as many as `channels`.
  std::int64_t branches = 0;
  Stem stem = Stem::kBottleneck;
  Head head = Head::kConvolution1x1;
  bool global_residual = false;  ///< true: the network predicts what to add to its input
  Initialization initialization = Initialization::kReleased;
  ModuleOrder order = ModuleOrder::kTransitionFirst;
  bool fusion_exchange = true;  ///< false: a fusion module only passes each branch on
  Normalization normalization = Normalization::kBatch;
  Upsampling upsampling = Upsampling::kNearest;

  friend bool operator==(const SearchSpace&, const SearchSpace&) = default;
};

/// A stem bottleneck widens `channels[0]` so many times.
inline constexpr std::int64_t kBottleneckExpansion = 4;

/// The same space for images of so many channels.
SearchSpace with_image_channels(SearchSpace space, std::int64_t image_channels);

/// Most resolutions side by side: `branches`, or one for each entry of `channels`.
std::int64_t most_branches(const SearchSpace& space);

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
