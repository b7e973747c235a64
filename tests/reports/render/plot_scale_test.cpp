#include "reports/render/plot_scale.h"

#include <gtest/gtest.h>

namespace bench::reports {
namespace {

using Labels = std::vector<std::string>;

TEST(PlotScale, OfAShortLogarithmicAxisHasTicksToReadBy) {
  const PlotScale scale({22.0, 26.5}, /*is_log=*/true);
  const auto ticks = scale.ticks(5);
  ASSERT_GE(ticks.size(), 3U);
  for (const double tick : ticks) {
    EXPECT_GE(tick, scale.low());
    EXPECT_LE(tick, scale.high());
    EXPECT_GE(scale.position(tick), 0.0);
    EXPECT_LE(scale.position(tick), 1.0);
  }
}

TEST(PlotScale, OfALongLogarithmicAxisHasPowersOfTen) {
  EXPECT_EQ(PlotScale({0.004, 2.0}, true).ticks(5), (std::vector<double>{0.01, 0.1, 1.0}));
  EXPECT_EQ(PlotScale({3.0, 60.0}, true).ticks(5), (std::vector<double>{5.0, 10.0, 20.0, 50.0}));
}

TEST(PlotScale, LabelsHaveTheDigitsThatTheyNeed) {
  EXPECT_EQ(tick_labels({0.01, 0.1, 1, 10}), (Labels{"0.01", "0.1", "1", "10"}));
  EXPECT_EQ(tick_labels({1000, 10000, 100000, 1000000}), (Labels{"1000", "10k", "100k", "1M"}));
  EXPECT_EQ(tick_labels({21.4, 21.6, 22.0}), (Labels{"21.4", "21.6", "22.0"}));
  EXPECT_EQ(tick_labels({0, 5000, 10000}), (Labels{"0", "5k", "10k"}));
}

}  // namespace
}  // namespace bench::reports
