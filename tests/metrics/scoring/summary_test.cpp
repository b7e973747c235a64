#include "metrics/scoring/summary.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace bench::scoring {
namespace {

std::vector<ColumnSummary> summaries_of(const std::string& protocol,
                                        const std::vector<double>& scores,
                                        const std::vector<double>& weights = {}) {
  const std::vector<std::string> names{protocol};
  std::vector<PairScores> pairs;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    pairs.push_back({.scores = {scores[i]}, .weights = {weights.empty() ? 1.0 : weights[i]}});
  }
  return summaries(columns_of(names), pairs);
}

TEST(Summary, HasMeanAndStudentsInterval) {
  const auto summary = summaries_of("psnr(space=rgb)", {30.0, 32.0, 31.0, 33.0}).at(0);
  EXPECT_EQ(summary.n, 4U);
  EXPECT_DOUBLE_EQ(summary.value, 31.5);
  ASSERT_TRUE(summary.interval);
  // 31.5 -+ t(0.975; 3) * sqrt(5/3) / 2, t = 3.182446305284263
  EXPECT_NEAR(summary.interval->low, 31.5 - 3.182446305284263 * std::sqrt(5.0 / 3.0) / 2.0, 1e-12);
  EXPECT_NEAR(summary.interval->high, 31.5 + 3.182446305284263 * std::sqrt(5.0 / 3.0) / 2.0, 1e-12);
}

TEST(Summary, OfOneImageHasNoInterval) {
  const auto summary = summaries_of("psnr(space=rgb)", {30.0}).at(0);
  EXPECT_FALSE(summary.interval);
  EXPECT_FALSE(summary.deviation);
  EXPECT_EQ(summary.why_no_interval, "one image has no spread");
}

TEST(Summary, OfAnIdenticalImageIsInfinite) {
  const auto infinity = std::numeric_limits<double>::infinity();
  const auto summary = summaries_of("psnr(space=rgb)", {30.0, infinity}).at(0);
  EXPECT_EQ(summary.value, infinity);
  EXPECT_EQ(summary.identical, 1U);
  EXPECT_FALSE(summary.interval);
  EXPECT_FALSE(summary.why_no_interval.empty());
}

TEST(Summary, OfMeanErrorIsNoMeanOfScores) {
  const auto summary = summaries_of("psnr(space=rgb,agg=mse-mean)", {20.0, 30.0}).at(0);
  EXPECT_NEAR(summary.value, -10.0 * std::log10((0.01 + 0.001) / 2.0), 1e-9);
  EXPECT_FALSE(summary.interval);
}

TEST(Summary, WeighsImagesByTheirPatches) {
  const std::string protocol = "psnr(space=rgb,agg=patch-mean,patch=8,stride=8)";
  const auto unlike = summaries_of(protocol, {20.0, 30.0}, {1.0, 3.0}).at(0);
  EXPECT_DOUBLE_EQ(unlike.value, 27.5);
  EXPECT_FALSE(unlike.interval);
  EXPECT_TRUE(summaries_of(protocol, {20.0, 30.0}, {4.0, 4.0}).at(0).interval);
}

}  // namespace
}  // namespace bench::scoring
