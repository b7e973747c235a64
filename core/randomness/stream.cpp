#include "core/randomness/stream.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <string>

#include "core/digest/sha256.h"
#include "core/randomness/deterministic_math.h"

namespace bench::randomness {

Stream::Stream(std::uint64_t seed, std::string_view purpose) {
  const std::string hex = digest::sha256_hex(std::to_string(seed) + "/" + std::string(purpose));
  for (std::size_t i = 0; i < 4; ++i) {
    const char* begin = hex.data() + 16 * i;
    std::from_chars(begin, begin + 16, state_[i], 16);
  }
}

std::uint64_t Stream::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Stream::uniform() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::uint64_t Stream::below(std::uint64_t bound) {
  // Values below 2^64 mod bound would make the first residues more likely.
  const std::uint64_t rejected = (0 - bound) % bound;
  for (;;) {
    const std::uint64_t drawn = next();
    if (drawn >= rejected) return drawn % bound;
  }
}

double Stream::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_normal_;
  }
  for (;;) {
    const double x = 2.0 * uniform() - 1.0;
    const double y = 2.0 * uniform() - 1.0;
    const double radius = x * x + y * y;
    if (radius >= 1.0 || radius == 0.0) continue;
    const double scale = std::sqrt(-2.0 * deterministic_log(radius) / radius);
    spare_normal_ = y * scale;
    has_spare_ = true;
    return x * scale;
  }
}

}  // namespace bench::randomness
