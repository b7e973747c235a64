#pragma once

#include <span>

#include "metrics/statistics/sample.h"

namespace bench::statistics {

struct SignTest {
  int positive = 0;
  int negative = 0;
  double p = 1.0;
  double smallest_p = 1.0;  ///< if all signs were one
};

/// Exact sign test: are positive and negative differences equally likely? Zeros are left out.
/// Needs no symmetry, unlike the signed-rank test, and has less power.
/// \throws StatisticsError for an empty or non-finite sample.
SignTest sign_test(std::span<const double> differences,
                   Alternative alternative = Alternative::kTwoSided);

}  // namespace bench::statistics
