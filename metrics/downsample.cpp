#include "metrics/downsample.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "metrics/image_pair.h"

namespace bench::metrics {
namespace {

/// Index inside [0, size) of the image mirrored at its edges, the edge pixel twice.
int mirrored(int index, int size) {
  const int period = 2 * size;
  const int wrapped = ((index % period) + period) % period;
  return wrapped < size ? wrapped : period - 1 - wrapped;
}

/// Mean of the factor x factor pixels around (row, column).
template <typename Sample>
double box_mean(const Sample* plane, int height, int width, int row, int column, int factor) {
  const int before = (factor - 1) / 2;
  double sum = 0.0;
  for (int down = 0; down < factor; ++down) {
    const auto source_row = static_cast<std::ptrdiff_t>(mirrored(row - before + down, height));
    for (int right = 0; right < factor; ++right) {
      sum +=
          static_cast<double>(plane[source_row * width + mirrored(column - before + right, width)]);
    }
  }
  return sum / (factor * factor);
}

}  // namespace

int wang_downsample_factor(int height, int width) {
  return std::max(1, static_cast<int>(std::lround(std::min(height, width) / 256.0)));
}

template <typename Sample>
Planes<double> box_downsample(const ImageView<Sample>& image, int factor) {
  require_whole("box_downsample", image);
  const int height = (image.height + factor - 1) / factor;
  const int width = (image.width + factor - 1) / factor;
  auto small = zero_planes<double>(image.channels, height, width);
  auto out = small.samples.begin();
  const auto plane_size = static_cast<std::ptrdiff_t>(image.height) * image.width;
  for (int channel = 0; channel < image.channels; ++channel) {
    const Sample* plane = image.samples.data() + channel * plane_size;
    for (int row = 0; row < height; ++row) {
      for (int column = 0; column < width; ++column) {
        *out++ = box_mean(plane, image.height, image.width, row * factor, column * factor, factor);
      }
    }
  }
  return small;
}

template <typename Real, typename Sample>
Planes<Real> halve(const ImageView<Sample>& image) {
  require_whole("halve", image);
  if (image.height < 2 || image.width < 2) {
    throw ImageTooSmall("halve: expected sides of at least 2, got " + shape_of(image));
  }
  auto half = zero_planes<Real>(image.channels, image.height / 2, image.width / 2);
  Real* __restrict out = half.samples.data();
  const auto source_width = static_cast<std::ptrdiff_t>(image.width);
  for (int channel = 0; channel < image.channels; ++channel) {
    const Sample* plane = image.samples.data() + channel * source_width * image.height;
    for (int row = 0; row < half.height; ++row, out += half.width) {
      const Sample* upper = plane + 2 * row * source_width;
      const Sample* lower = upper + source_width;
      for (int column = 0; column < half.width; ++column) {
        const Real sum =
            static_cast<Real>(upper[2 * column]) + static_cast<Real>(upper[2 * column + 1]) +
            static_cast<Real>(lower[2 * column]) + static_cast<Real>(lower[2 * column + 1]);
        out[column] = sum * Real(0.25);
      }
    }
  }
  return half;
}

template Planes<double> box_downsample(const ByteImage&, int);
template Planes<double> box_downsample(const FloatImage&, int);
template Planes<double> box_downsample(const DoubleImage&, int);
template Planes<float> halve(const ByteImage&);
template Planes<float> halve(const FloatImage&);
template Planes<double> halve(const ByteImage&);
template Planes<double> halve(const FloatImage&);
template Planes<double> halve(const DoubleImage&);

}  // namespace bench::metrics
