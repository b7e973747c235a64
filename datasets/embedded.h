#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/data_set.h"
#include "datasets/examples.h"

namespace bench::datasets {

/// Images of the embedded sets: 128 x 128, ids 1-80 to train, 1001-1012 to test.
inline constexpr int kEmbeddedSide = 128;

/// Makes the examples of a split of an embedded data set: "embedded-leaves" (clean) or
/// "embedded-rain-..." (pairs on the same scenes). Bit-identical on every machine.
/// \param limit  only the first so many; 0: all
std::vector<Example> embedded_examples(const DataSet& data_set, const Split& split,
                                       std::int64_t limit);

/// Their names, without making them.
std::vector<std::string> embedded_names(const Split& split);

/// The rain family of an embedded set; empty for "embedded-leaves".
std::string_view embedded_rain_family(std::string_view data_set);

}  // namespace bench::datasets
