#pragma once

#include <cstdint>

namespace bench::clearer {

/// A small stream of random integers (SplitMix64, Steele et al. 2014), the same on every machine.
/// Cheap to make: a step that needs random choices makes its own from (seed, step), so that a
/// resumed search has no stream to restore.
class RandomBits {
 public:
  explicit RandomBits(std::uint64_t seed, std::uint64_t step = 0)
      : state_(mixed(seed) + step * 0xD1B54A32D192ED03ULL) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    return mixed(state_);
  }

  /// Uniform in 0 .. bound - 1, for the small bounds of a search (bias below bound / 2^64).
  std::uint64_t below(std::uint64_t bound) { return (next() >> 11) % bound; }

 private:
  static std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace bench::clearer
