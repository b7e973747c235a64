#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "datasets/augmentation.h"
#include "datasets/degradation.h"
#include "datasets/examples.h"

namespace bench::datasets {

/// Which of the examples a sampler may draw from, by position in the list. The halves are
/// disjoint: in a search the weights see the even ones and the architecture the odd ones.
enum class Subset : std::uint8_t { kAll, kEven, kOdd };

struct PatchOptions {
  int patch_size = 64;  ///< pixels, square
  int batch_size = 32;
  Augmentation augmentation = Augmentation::kAll;
  Degradation degradation = {};
  Subset subset = Subset::kAll;
  std::uint64_t seed = 0;
  std::string purpose = "train";  ///< unlike purposes draw unlike patches and noise
};

/// Draws training batches: example, position and mode uniform with replacement.
///
/// A batch is a pure function of (examples, options, step): there is no state, so resuming at step
/// n needs nothing but n, and threads may share one sampler. Positions, modes and noise have
/// streams of their own, so that the augmentation does not change the noise.
class PatchSampler {
 public:
  /// \throws std::invalid_argument if there is no example in the subset, one is smaller than a
  ///         patch or lacks what the degradation needs, or channels are mixed.
  PatchSampler(std::shared_ptr<const std::vector<Example>> examples, const PatchOptions& options);

  int channels() const { return channels_; }
  const PatchOptions& options() const { return options_; }

  /// Number of values of a batch: batch_size * channels * patch_size * patch_size.
  std::size_t batch_values() const;

  /// Batch number `step`, NCHW, on [0, 1] (degraded: outside it for float noise).
  /// \throws std::invalid_argument unless both spans have `batch_values()` values.
  void sample(std::int64_t step, std::span<float> degraded, std::span<float> target) const;

 private:
  std::shared_ptr<const std::vector<Example>> examples_;
  PatchOptions options_;
  std::vector<std::size_t> drawn_from_;  ///< positions in `examples_`
  int channels_ = 0;
};

}  // namespace bench::datasets
