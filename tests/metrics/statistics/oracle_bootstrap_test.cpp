#include <algorithm>
#include <cmath>

#include "metrics/statistics/bootstrap.h"
#include "oracle.h"

namespace bench::statistics {
namespace {

using Resamples = std::vector<std::vector<std::size_t>>;

/// All n^n index lists of n values: the bootstrap without chance.
Resamples all_resamples(std::size_t n) {
  Resamples all(1);
  for (std::size_t position = 0; position < n; ++position) {
    Resamples longer;
    for (const auto& prefix : all) {
      for (std::size_t index = 0; index < n; ++index) {
        longer.push_back(prefix);
        longer.back().push_back(index);
      }
    }
    all = std::move(longer);
  }
  return all;
}

/// Whether the values that depend on ties are those of `expected`, all of them together.
bool has_bca_of(const BootstrapInterval& ours, const nlohmann::json& expected) {
  const auto near = [](double value, const nlohmann::json& other) {
    return std::abs(value - other.get<double>()) <= kTolerance;
  };
  return near(ours.bca.low, expected.at("bca").at(0)) &&
         near(ours.bca.high, expected.at("bca").at(1)) && near(ours.z0, expected.at("z0")) &&
         near(ours.alpha_low, expected.at("alpha").at(0)) &&
         near(ours.alpha_high, expected.at("alpha").at(1)) &&
         near(ours.acceleration, expected.at("acceleration"));
}

void expect_bootstrap(const BootstrapInterval& ours, const nlohmann::json& expected) {
  EXPECT_EQ(ours.resamples, expected.at("B").get<std::size_t>());
  // The file: ties decided by the order of summation, or exactly; accept either. Ours are exact.
  const auto& exact_ties = expected.at("integer_ties");
  EXPECT_TRUE(has_bca_of(ours, expected) || has_bca_of(ours, exact_ties));
  EXPECT_TRUE(has_bca_of(ours, exact_ties));
  EXPECT_EQ(ours.below, exact_ties.at("resample_sums_below").get<std::size_t>());
  EXPECT_EQ(ours.equal, exact_ties.at("resample_sums_equal").get<std::size_t>());
  EXPECT_NEAR(ours.percentile.low, expected.at("percentile").at(0).get<double>(), kTolerance);
  EXPECT_NEAR(ours.percentile.high, expected.at("percentile").at(1).get<double>(), kTolerance);
  if (expected.contains("standard_error_ddof1")) {
    EXPECT_NEAR(ours.standard_error, expected.at("standard_error_ddof1").get<double>(), kTolerance);
  }
}

TEST(OracleBootstrap, EqualsScipysOnItsIndices) {
  for (const auto& [key, pair] : oracle().at("paired").items()) {
    SCOPED_TRACE(key);
    const auto& expected = pair.at("bootstrap");
    const auto differences = pair.at("differences").get<std::vector<double>>();
    const auto& given = expected.at("given_indices");
    const auto ours = bootstrap_interval(differences, given.at("indices").get<Resamples>(),
                                         expected.at("level").get<double>());
    EXPECT_NEAR(ours.estimate, expected.at("value").get<double>(), kTolerance);
    expect_bootstrap(ours, given);
  }
}

TEST(OracleBootstrap, EqualsScipysOverAllResamples) {
  int tested = 0;
  for (const auto& [key, pair] : oracle().at("paired").items()) {
    if (!pair.at("bootstrap").contains("all_resamples")) continue;
    const auto differences = pair.at("differences").get<std::vector<double>>();
    expect_bootstrap(bootstrap_interval(differences, all_resamples(differences.size())),
                     pair.at("bootstrap").at("all_resamples"));
    ++tested;
  }
  EXPECT_EQ(tested, 1);
}

/// Between the smallest and largest of scipy's five seeds, give or take `slack`.
void expect_within_seeds(double value, std::vector<double> theirs, double slack) {
  const auto [low, high] = std::minmax_element(theirs.begin(), theirs.end());
  EXPECT_GE(value, *low - slack);
  EXPECT_LE(value, *high + slack);
}

TEST(OracleBootstrap, DrawnResamplesAgreeWithScipysWithinMonteCarloError) {
  for (const auto& [key, pair] : oracle().at("paired").items()) {
    SCOPED_TRACE(key);
    const auto [a, b] = oracle_pair(key);
    randomness::Stream stream(1, "oracle/bootstrap");
    const auto ours = paired_bootstrap(a, b, stream);
    std::vector<double> low, high, error, percentile_low, percentile_high;
    for (const auto& [seed, theirs] :
         pair.at("bootstrap").at("scipy_9999_resamples_by_seed").items()) {
      low.push_back(theirs.at("bca").at(0).get<double>());
      high.push_back(theirs.at("bca").at(1).get<double>());
      percentile_low.push_back(theirs.at("percentile").at(0).get<double>());
      percentile_high.push_back(theirs.at("percentile").at(1).get<double>());
      error.push_back(theirs.at("standard_error").get<double>());
    }
    const auto& spread = pair.at("bootstrap").at("scipy_9999_spread");
    EXPECT_EQ(*std::min_element(low.begin(), low.end()), spread.at("low").at(0).get<double>());
    EXPECT_EQ(*std::max_element(high.begin(), high.end()), spread.at("high").at(1).get<double>());
    // A percentile at 2.5 % of 9999 has a standard error near 4 % of the bootstrap's own; few
    // decimals add steps of one unit in the last place of the sum over n.
    const double slack = 0.17 * error[0];
    expect_within_seeds(ours.bca.low, low, slack);
    expect_within_seeds(ours.bca.high, high, slack);
    expect_within_seeds(ours.percentile.low, percentile_low, slack);
    expect_within_seeds(ours.percentile.high, percentile_high, slack);
    expect_within_seeds(ours.standard_error, error, 0.03 * error[0]);
  }
}

}  // namespace
}  // namespace bench::statistics
