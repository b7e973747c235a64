#include "metrics/luma.h"

#include <cmath>
#include <string>

#include "metrics/image_pair.h"

namespace bench::metrics {
namespace {

template <typename Sample, typename Result, typename Formula>
Planes<Result> combine(const char* name, const ImageView<Sample>& rgb, Formula formula) {
  require_whole(name, rgb);
  if (rgb.channels != 3) {
    throw ShapeMismatch(std::string(name) + ": expected 3 channels (R, G, B), got " +
                        shape_of(rgb) + "; a gray image is its own luma");
  }
  auto luma = zero_planes<Result>(1, rgb.height, rgb.width);
  const std::size_t count = luma.samples.size();
  const Sample* red = rgb.samples.data();
  const Sample* green = red + count;
  const Sample* blue = green + count;
  for (std::size_t i = 0; i < count; ++i) luma.samples[i] = formula(red[i], green[i], blue[i]);
  return luma;
}

double limited(double red, double green, double blue) {
  return (65.481 * red + 128.553 * green + 24.966 * blue) / 255.0 + 16.0;
}

double full(double red, double green, double blue) {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

std::uint8_t rounded(double value) {
  return static_cast<std::uint8_t>(std::lround(value));
}

}  // namespace

Planes<double> luma_bt601_limited(const ByteImage& rgb) {
  return combine<std::uint8_t, double>("luma_bt601_limited", rgb, limited);
}

Planes<double> luma_bt601_limited(const DoubleImage& rgb) {
  return combine<double, double>("luma_bt601_limited", rgb, limited);
}

Planes<std::uint8_t> luma_bt601_limited_8bit(const ByteImage& rgb) {
  return combine<std::uint8_t, std::uint8_t>(
      "luma_bt601_limited_8bit", rgb,
      [](int red, int green, int blue) { return rounded(limited(red, green, blue)); });
}

Planes<double> luma_bt601_full(const ByteImage& rgb) {
  return combine<std::uint8_t, double>("luma_bt601_full", rgb, full);
}

Planes<double> luma_bt601_full(const DoubleImage& rgb) {
  return combine<double, double>("luma_bt601_full", rgb, full);
}

Planes<std::uint8_t> luma_bt601_full_8bit(const ByteImage& rgb) {
  return combine<std::uint8_t, std::uint8_t>(
      "luma_bt601_full_8bit", rgb,
      [](int red, int green, int blue) { return rounded(full(red, green, blue)); });
}

Planes<std::uint8_t> luma_pil_l(const ByteImage& rgb) {
  return combine<std::uint8_t, std::uint8_t>(
      "luma_pil_l", rgb, [](unsigned red, unsigned green, unsigned blue) {
        return static_cast<std::uint8_t>((19595U * red + 38470U * green + 7471U * blue + 32768U) >>
                                         16U);
      });
}

}  // namespace bench::metrics
