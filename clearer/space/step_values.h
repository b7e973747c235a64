#pragma once

#include <optional>

#include "clearer/space/search_space.h"

namespace bench::clearer {

/// The numbers that one step of training or search handles, for a batch of patches; weights once.
/// What becomes of them in bytes: docs/memory.md.
struct StepValues {
  double kept = 0;        ///< activations that wait for the backward pass
  double largest = 0;     ///< of these, the ones of the largest tensor
  double parameters = 0;  ///< weights
};

/// \param architecture  nothing for one that a search has yet to find: the mean of all-parallel and
///                      all-fusion
/// \param pixels        of the whole batch: batch x height x width
StepValues training_values(const SearchSpace& space,
                           const std::optional<Architecture>& architecture, double pixels);

/// The supernet with both candidates of every module (`whole`), or one random path through it.
StepValues supernet_values(const SearchSpace& space, double pixels, bool whole);

}  // namespace bench::clearer
