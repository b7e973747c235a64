#include "datasets/normal_noise.h"

#include <array>
#include <cmath>

#include "core/randomness/deterministic_math.h"

namespace bench::datasets {
namespace {

constexpr std::size_t kLayers = 256;
// Where the tail begins, exp(-r^2 / 2) there, and the area of each layer: the solution of
// "256 layers of one area", computed with 40 digits from the equations of the paper.
constexpr double kTailStart = 3.65415288536100877;
constexpr double kDensityAtTail = 0.001260285930498597564;
constexpr double kLayerArea = 0.004928673233974655347;

struct Tables {
  // Layer i is the rectangle [0, edge[i]] x [density[i], density[i + 1]]; layer 0 holds the tail,
  // its edge is that of a rectangle of the same area.
  std::array<double, kLayers + 1> edge;
  std::array<double, kLayers + 1> density;
};

Tables make_tables() {
  Tables tables{};
  tables.edge[0] = kLayerArea / kDensityAtTail;
  tables.edge[1] = kTailStart;
  tables.density[0] = 0.0;
  tables.density[1] = kDensityAtTail;
  for (std::size_t i = 2; i < kLayers; ++i) {
    tables.density[i] = tables.density[i - 1] + kLayerArea / tables.edge[i - 1];
    tables.edge[i] = std::sqrt(-2.0 * randomness::deterministic_log(tables.density[i]));
  }
  tables.density[kLayers] = 1.0;
  tables.edge[kLayers] = 0.0;
  return tables;
}

double tail(randomness::Stream& stream) {
  for (;;) {
    // 1 - u is in (0, 1].
    const double x = -randomness::deterministic_log(1.0 - stream.uniform()) / kTailStart;
    const double y = -randomness::deterministic_log(1.0 - stream.uniform());
    if (2.0 * y > x * x) return kTailStart + x;
  }
}

double standard_normal(randomness::Stream& stream, const Tables& tables) {
  for (;;) {
    const std::uint64_t bits = stream.next();
    const auto layer = static_cast<std::size_t>(bits & (kLayers - 1));
    const bool negative = (bits & kLayers) != 0;
    const double u = static_cast<double>(bits >> 11) * 0x1.0p-53;
    const double x = u * tables.edge[layer];
    // Inside the next, narrower layer: under the curve without asking.
    if (x < tables.edge[layer + 1]) return negative ? -x : x;
    if (layer == 0) {
      const double far = tail(stream);
      return negative ? -far : far;
    }
    const double y = tables.density[layer] +
                     stream.uniform() * (tables.density[layer + 1] - tables.density[layer]);
    // y < exp(-x^2 / 2), by logarithm because that is what is deterministic.
    if (y > 0.0 && randomness::deterministic_log(y) < -0.5 * x * x) return negative ? -x : x;
  }
}

}  // namespace

void fill_standard_normal(randomness::Stream& stream, std::span<float> values) {
  static const Tables tables = make_tables();
  for (float& value : values) value = static_cast<float>(standard_normal(stream, tables));
}

}  // namespace bench::datasets
