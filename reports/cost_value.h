#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace bench::reports {

/// What was measured of one quantity: for each seed all repetitions.
using CostBySeed = std::map<std::int64_t, std::vector<double>>;

/// One value a seed, in order of seeds: the median of its repetitions, because a time that another
/// process disturbed is no property of the method. \pre no seed is without a repetition
std::vector<double> medians(const CostBySeed& by_seed);

}  // namespace bench::reports
