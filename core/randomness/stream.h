#pragma once

#include <cstdint>
#include <string_view>

namespace bench::randomness {

/// One named stream of random numbers (xoshiro256**, Blackman and Vigna 2018), bit-identical on
/// every machine. A stream is a value: copying it copies its position.
///
/// There is no global generator: whoever draws is handed a stream, one per purpose, so that
/// adding an augmentation does not change the noise.
class Stream {
 public:
  /// The stream of (`seed`, `purpose`): its state is SHA-256 of both. Unlike purposes, e.g.
  /// "train/patches" and "train/noise", give independent streams.
  Stream(std::uint64_t seed, std::string_view purpose);

  /// The next 64 random bits.
  std::uint64_t next();

  /// Uniform in [0, 1), a multiple of 2^-53.
  double uniform();

  /// Uniform in [0, bound), without modulo bias. \pre bound > 0.
  std::uint64_t below(std::uint64_t bound);

  /// Standard normal (Marsaglia's polar method on `deterministic_log`).
  double normal();

 private:
  std::uint64_t state_[4];
  double spare_normal_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace bench::randomness
