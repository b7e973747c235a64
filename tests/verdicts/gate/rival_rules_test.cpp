#include "rival_rules.h"

#include <gtest/gtest.h>

#include <vector>

namespace bench::verdicts {
namespace {

using Values = std::vector<double>;

const Values kTen{1.00, 1.01, 1.02, 1.03, 1.04, 1.05, 1.06, 1.07, 1.08, 1.09};
const Values kTenSlower{1.20, 1.21, 1.22, 1.23, 1.24, 1.25, 1.26, 1.27, 1.28, 1.29};

TEST(RivalRules, AsvNeedsBothTheFactorAndTheTest) {
  EXPECT_TRUE(asv_alarms(kTen, kTenSlower, 1.045, 1.245, 1.1));
  EXPECT_FALSE(asv_alarms(kTen, kTenSlower, 1.045, 1.245, 1.5));
  EXPECT_FALSE(asv_alarms(kTenSlower, kTen, 1.245, 1.045, 1.1));
  const Values three{1.0, 1.01, 1.02}, three_slower{2.0, 2.01, 2.02};
  EXPECT_FALSE(asv_alarms(three, three_slower, 1.01, 2.01, 1.1));
}

TEST(RivalRules, GoogleBenchmarkLooksAtTheUTestAlone) {
  EXPECT_TRUE(google_benchmark_alarms(kTen, kTenSlower));
  EXPECT_FALSE(google_benchmark_alarms(kTenSlower, kTen));
  EXPECT_FALSE(google_benchmark_alarms(kTen, kTen));
}

TEST(RivalRules, ZScoreCountsTheHistorysDeviations) {
  EXPECT_TRUE(z_score_alarms(Values{1.0, 1.1, 0.9}, Values{1.6}));
  EXPECT_FALSE(z_score_alarms(Values{1.0, 1.1, 0.9}, Values{1.4}));
  EXPECT_FALSE(z_score_alarms(Values{1.0}, Values{9.0}));
}

}  // namespace
}  // namespace bench::verdicts
