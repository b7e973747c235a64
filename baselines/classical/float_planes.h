#pragma once

#include <string_view>
#include <vector>

namespace bench::classical {

/// One image: plane after plane, row after row, no gaps. Values in [0, 1] unless a function
/// says otherwise; noisy images may leave that range (protocol `awgn-float`).
struct FloatPlanes {
  int channels = 0;
  int height = 0;
  int width = 0;
  std::vector<float> samples;  ///< channels * height * width values

  friend bool operator==(const FloatPlanes&, const FloatPlanes&) = default;
};

/// Requires 1 (gray) or 3 (RGB) whole planes of at least `smallest_side` pixels each way, all
/// values finite: one NaN would spread over a whole search window.
/// \param method  named in the message.
/// \throws std::invalid_argument saying what was found.
void require_restorable(std::string_view method, const FloatPlanes& image, int smallest_side);

/// Requires a noise level that is finite and above 0, on the 0..255 scale.
/// \throws std::invalid_argument naming `method` and the level found.
void require_noise_level(std::string_view method, double sigma_8bit);

/// Requires at least one thread. \throws std::invalid_argument
void require_threads(std::string_view method, int threads);

}  // namespace bench::classical
