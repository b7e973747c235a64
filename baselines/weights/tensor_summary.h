#pragma once

#include <cstdint>

#include "baselines/weights/tensor_view.h"

namespace bench::weights {

/// Statistics of one tensor's values.
struct TensorSummary {
  std::uint64_t elements = 0;
  std::uint64_t not_finite = 0;  ///< NaN or infinite; left out of what follows
  double smallest = 0;           ///< 0 where there is no finite value
  double largest = 0;
  double mean = 0;
};

/// Values are taken as double: 64-bit integers beyond 2^53 are rounded.
TensorSummary summary_of(const TensorView& tensor);

}  // namespace bench::weights
