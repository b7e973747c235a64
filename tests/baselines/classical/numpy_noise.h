#pragma once

#include <cstddef>
#include <vector>

namespace bench::classical {

/// numpy.random.RandomState(seed).standard_normal(count): Mersenne Twister and the polar method.
/// The reference values were made with this noise.
std::vector<double> numpy_standard_normal(unsigned seed, std::size_t count);

}  // namespace bench::classical
