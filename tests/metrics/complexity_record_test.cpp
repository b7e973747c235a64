#include "metrics/complexity_record.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace bench::metrics {
namespace {

TEST(ComplexityRecord, SpreadIsThatOfNumpy) {
  // numpy.percentile([7, 1, 3, 2], [0, 25, 50, 75, 100])
  EXPECT_EQ(spread_of({7, 1, 3, 2}), (Spread{1, 1.75, 2.5, 4, 7}));
  EXPECT_EQ(spread_of({5}), (Spread{5, 5, 5, 5, 5}));
}

TEST(ComplexityRecord, SpreadOfNothingOrOfNoNumberIsAnError) {
  EXPECT_THROW(spread_of({}), std::invalid_argument);
  EXPECT_THROW(spread_of({1, std::numeric_limits<double>::quiet_NaN()}), std::invalid_argument);
}

}  // namespace
}  // namespace bench::metrics
