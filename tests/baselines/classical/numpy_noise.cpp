#include "tests/baselines/classical/numpy_noise.h"

#include <cmath>
#include <random>

namespace bench::classical {
namespace {

/// 53 random bits of two draws, in [0, 1).
double uniform(std::mt19937& twister) {
  const double high = static_cast<double>(twister() >> 5);
  const double low = static_cast<double>(twister() >> 6);
  return (high * 67108864.0 + low) / 9007199254740992.0;
}

}  // namespace

std::vector<double> numpy_standard_normal(unsigned seed, std::size_t count) {
  std::mt19937 twister(seed);
  std::vector<double> values;
  while (values.size() < count) {
    const double x = 2.0 * uniform(twister) - 1.0;
    const double y = 2.0 * uniform(twister) - 1.0;
    const double square = x * x + y * y;
    if (square >= 1.0 || square == 0.0) continue;
    const double factor = std::sqrt(-2.0 * std::log(square) / square);
    values.push_back(factor * y);
    values.push_back(factor * x);
  }
  values.resize(count);
  return values;
}

}  // namespace bench::classical
