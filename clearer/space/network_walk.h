#pragma once

#include <algorithm>
#include <cstdint>

#include "clearer/space/search_space.h"

namespace bench::clearer {

/// In, out, kernel side, stride. Padding keeps the side (kernel / 2).
struct ConvolutionShape {
  std::int64_t in;
  std::int64_t out;
  std::int64_t kernel = 3;
  std::int64_t stride = 1;
};

/// What becomes of a convolution's output.
enum class After : std::uint8_t {
  kRectified,  ///< normalized, then rectified
  kSummed,     ///< normalized, then added to something
  kOutput,     ///< the network's own: neither normalization nor bias
};

/// Walks through the convolutions of a network of the space as clearer/network builds it, and
/// hands each to `sink.convolution(shape, level, after)`, level 0 being the finest resolution, of
/// its output. Each output of a fusion is handed to `sink.sum(channels, level)`. The one place that
/// knows the network's shape without building it: what is counted of it, is counted by a sink.
template <typename Sink>
class NetworkWalk {
 public:
  NetworkWalk(const SearchSpace& space, Sink& sink) : space_(space), sink_(sink) {}

  /// Stem, transitions and head: what does not depend on the modules chosen.
  void trunk() {
    const auto width = stem();
    const auto cells = static_cast<std::int64_t>(space_.modules.size()) - 1;
    // What the last cell (or the transition after it) leaves.
    const auto last = std::min(most_branches(space_), cells + 1);
    if (width != channels(0)) sink_.convolution({width, channels(0)}, 0, After::kRectified);
    for (std::int64_t level = 1; level < last; ++level) {
      // The first new resolution of the released order is made from the stem's own width.
      const bool from_stem = level == 1 && space_.order == ModuleOrder::kTransitionFirst;
      sink_.convolution({from_stem ? width : channels(level - 1), channels(level)}, level,
                        After::kRectified);
    }
    fusion(last, 1, /*exchange=*/true);
    const std::int64_t kernel = space_.head == Head::kConvolution1x1 ? 1 : 3;
    sink_.convolution({channels(0), space_.image_channels, kernel}, 0, After::kOutput);
  }

  /// One candidate on so many branches.
  void module(std::int64_t branches, ModuleKind kind) {
    if (kind == ModuleKind::kParallel) {
      parallel(branches);
    } else {
      fusion(branches, branches, space_.fusion_exchange);
    }
  }

 private:
  std::int64_t channels(std::int64_t level) const {
    return space_.channels[static_cast<std::size_t>(level)];
  }

  /// \returns the channels that it leaves
  std::int64_t stem() {
    const auto width = channels(0);
    if (space_.stem == Stem::kParallel) {
      sink_.convolution({space_.image_channels, width}, 0, After::kRectified);
      for (std::int64_t i = 0; i < space_.modules.front(); ++i) parallel(1);
      return width;
    }
    const auto wide = width * kBottleneckExpansion;
    auto in = space_.image_channels;
    for (std::int64_t i = 0; i < space_.modules.front(); ++i) {
      sink_.convolution({in, width, 1}, 0, After::kRectified);
      sink_.convolution({width, width}, 0, After::kRectified);
      sink_.convolution({width, wide, 1}, 0, After::kRectified);
      if (in != wide) sink_.convolution({in, wide, 1}, 0, After::kSummed);
      in = wide;
    }
    return wide;
  }

  void parallel(std::int64_t branches) {
    for (std::int64_t i = 0; i < branches; ++i) {
      sink_.convolution({channels(i), channels(i)}, i, After::kRectified);
      sink_.convolution({channels(i), channels(i)}, i, After::kRectified);
    }
  }

  void fusion(std::int64_t branches, std::int64_t outputs, bool exchange) {
    for (std::int64_t to = 0; to < outputs; ++to) {
      for (std::int64_t from = 0; exchange && from < branches; ++from) exchanged(from, to);
      sink_.sum(channels(to), to);
    }
  }

  void exchanged(std::int64_t from, std::int64_t to) {
    // Upwards the 1x1 convolution works at the coarse resolution that it comes from.
    if (from > to) sink_.convolution({channels(from), channels(to), 1}, from, After::kSummed);
    for (std::int64_t level = from + 1; level <= to; ++level) {
      sink_.convolution({channels(from), level == to ? channels(to) : channels(from)}, level,
                        level < to ? After::kRectified : After::kSummed);
    }
  }

  const SearchSpace& space_;
  Sink& sink_;
};

}  // namespace bench::clearer
