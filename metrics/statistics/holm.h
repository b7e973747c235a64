#pragma once

#include <span>
#include <vector>

namespace bench::statistics {

/// Holm's step-down correction (Holm 1979) for a family of tests, in the order given: rejecting
/// where the result is at most `level` makes any false rejection at most that likely.
/// \throws StatisticsError unless every p lies in [0, 1].
std::vector<double> holm_adjusted(std::span<const double> p_values);

}  // namespace bench::statistics
