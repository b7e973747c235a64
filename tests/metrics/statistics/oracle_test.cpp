#include "oracle.h"

#include <cmath>
#include <set>

#include "metrics/statistics/distributions.h"
#include "metrics/statistics/mann_whitney.h"
#include "metrics/statistics/signed_rank.h"
#include "metrics/statistics/t_test.h"

namespace bench::statistics {
namespace {

Alternative alternative_of(const nlohmann::json& row) {
  const auto name = row.at("alternative").get<std::string>();
  if (name == "greater") return Alternative::kGreater;
  if (name == "less") return Alternative::kLess;
  EXPECT_EQ(name, "two-sided");
  return Alternative::kTwoSided;
}

ZeroDifferences zeros_of(const nlohmann::json& row) {
  const auto name = row.at("zero_method").get<std::string>();
  if (name == "pratt") return ZeroDifferences::kPratt;
  if (name == "zsplit") return ZeroDifferences::kSplit;
  EXPECT_EQ(name, "wilcox");
  return ZeroDifferences::kDrop;
}

void expect_interval(const std::optional<Interval>& ours, const nlohmann::json& theirs) {
  ASSERT_TRUE(ours.has_value());
  EXPECT_NEAR(ours->low, theirs.at(0).get<double>(), kTolerance);
  EXPECT_NEAR(ours->high, theirs.at(1).get<double>(), kTolerance);
}

void expect_t_interval(const std::vector<double>& values, const nlohmann::json& expected) {
  for (const auto& [key, confidence] : std::vector<std::pair<std::string, double>>{
           {"ci90", 0.90}, {"ci95", 0.95}, {"ci99", 0.99}}) {
    const MeanSummary summary = summarize(values, confidence);
    EXPECT_EQ(summary.n, expected.at("n").get<std::size_t>());
    EXPECT_NEAR(summary.mean, expected.at("mean").get<double>(), kTolerance);
    EXPECT_NEAR(*summary.deviation, expected.at("sd_ddof1").get<double>(), kTolerance);
    EXPECT_NEAR(*summary.standard_error, expected.at("sem").get<double>(), kTolerance);
    expect_interval(summary.interval, expected.at(key));
  }
}

TEST(Oracle, HasNoSectionThatIsNotTested) {
  std::set<std::string> sections;
  for (const auto& [key, value] : oracle().items()) sections.insert(key);
  EXPECT_EQ(sections,
            (std::set<std::string>{"about", "caveats", "normal", "numpy", "paired", "scipy",
                                   "t_interval", "t_quantile_975", "unpaired", "vectors"}));
  for (const auto& [key, pair] : oracle().at("paired").items()) {
    EXPECT_EQ(pair.size(), 8u) << key;
  }
}

TEST(Oracle, IntervalsOfTheMeanEqualScipys) {
  for (const auto& [name, expected] : oracle().at("t_interval").items()) {
    SCOPED_TRACE(name);
    expect_t_interval(oracle_vector(name), expected);
  }
}

TEST(Oracle, NormalDistributionEqualsScipys) {
  for (const auto& [p, expected] : oracle().at("normal").at("ppf").items()) {
    EXPECT_NEAR(normal_quantile(std::stod(p)), expected.get<double>(), kTolerance) << p;
  }
  for (const auto& [z, expected] : oracle().at("normal").at("cdf").items()) {
    EXPECT_NEAR(normal_cdf(std::stod(z)), expected.get<double>(), kTolerance) << z;
  }
}

TEST(Oracle, StudentQuantilesEqualScipys) {
  for (const auto& [degrees, expected] : oracle().at("t_quantile_975").items()) {
    EXPECT_NEAR(student_t_quantile(0.975, std::stod(degrees)), expected.get<double>(), kTolerance);
  }
}

TEST(Oracle, PairedDifferencesTieWhereDecimalsDo) {
  for (const auto& [key, pair] : oracle().at("paired").items()) {
    const auto [a, b] = oracle_pair(key);
    const auto expected = pair.at("differences").get<std::vector<double>>();
    const auto differences = paired_differences(a, b);
    ASSERT_EQ(differences.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(differences[i], expected[i], kTolerance);
      for (std::size_t j = 0; j < expected.size(); ++j) {
        EXPECT_EQ(differences[i] == differences[j], expected[i] == expected[j]);
      }
    }
  }
}

void expect_signed_rank(const std::vector<double>& differences, const nlohmann::json& row) {
  SCOPED_TRACE(row.dump());
  const bool exact = row.at("method") == "exact";
  const auto zeros = zeros_of(row);
  // scipy's exact Pratt and zsplit read a table without ties; its exact wilcox enumerates.
  const SignedRankTest test = signed_rank_test(
      differences, {.alternative = alternative_of(row),
                    .zeros = zeros,
                    .method = exact ? SignedRankMethod::kExact : SignedRankMethod::kNormal,
                    .null_ranks = zeros == ZeroDifferences::kDrop ? NullRanks::kAsObserved
                                                                  : NullRanks::kDistinct,
                    .continuity_correction = row.at("continuity_correction").get<bool>()});
  const double statistic = alternative_of(row) == Alternative::kTwoSided
                               ? std::min(test.positive_rank_sum, test.negative_rank_sum)
                               : test.positive_rank_sum;
  EXPECT_NEAR(statistic, row.at("statistic").get<double>(), kTolerance);
  EXPECT_NEAR(test.p, row.at("p").get<double>(), kTolerance);
  ASSERT_EQ(test.z.has_value(), row.contains("z"));
  if (test.z) {
    EXPECT_NEAR(*test.z, row.at("z").get<double>(), kTolerance);
  }
}

TEST(Oracle, SignedRankEqualsScipysInAllForms) {
  for (const auto& [key, pair] : oracle().at("paired").items()) {
    SCOPED_TRACE(key);
    const auto differences = pair.at("differences").get<std::vector<double>>();
    for (const auto& row : pair.at("wilcoxon")) expect_signed_rank(differences, row);
    EXPECT_NEAR(signed_rank_test(differences).p, pair.at("wilcoxon_auto_two_sided").get<double>(),
                kTolerance);
  }
}

TEST(Oracle, SignedRankEqualsTheEnumerationOfAllSigns) {
  for (const auto& [key, pair] : oracle().at("paired").items()) {
    SCOPED_TRACE(key);
    const auto differences = pair.at("differences").get<std::vector<double>>();
    const auto& expected = pair.at("wilcoxon_exact_by_enumeration");
    const SignedRankTest two_sided = signed_rank_test(differences);
    EXPECT_TRUE(two_sided.exact);
    EXPECT_EQ(two_sided.n, expected.at("n_nonzero").get<std::size_t>());
    EXPECT_EQ(two_sided.positive_rank_sum, expected.at("w_plus").get<double>());
    EXPECT_EQ(two_sided.negative_rank_sum, expected.at("w_minus").get<double>());
    EXPECT_NEAR(two_sided.p, expected.at("p_two_sided").get<double>(), kTolerance);
    const auto p = [&](Alternative alternative) {
      return signed_rank_test(differences, {.alternative = alternative}).p;
    };
    EXPECT_NEAR(p(Alternative::kGreater), expected.at("p_greater").get<double>(), kTolerance);
    EXPECT_NEAR(p(Alternative::kLess), expected.at("p_less").get<double>(), kTolerance);
  }
}

TEST(Oracle, PairedTTestEqualsScipys) {
  for (const auto& [key, pair] : oracle().at("paired").items()) {
    SCOPED_TRACE(key);
    const auto differences = pair.at("differences").get<std::vector<double>>();
    expect_t_interval(differences, pair.at("t_interval_of_difference"));
    const TTest test = t_test(differences);
    EXPECT_NEAR(test.t, pair.at("t_test").at("t").get<double>(), kTolerance);
    EXPECT_EQ(test.degrees_of_freedom, pair.at("t_test").at("df").get<double>());
    EXPECT_NEAR(test.p, pair.at("t_test").at("p").get<double>(), kTolerance);
  }
}

TEST(Oracle, MannWhitneyAndWelchEqualScipys) {
  int welch_tests = 0;
  for (const auto& [key, pair] : oracle().at("unpaired").items()) {
    const auto [a, b] = oracle_pair(key);
    for (const auto& row : pair.at("mann_whitney_u")) {
      SCOPED_TRACE(key + row.dump());
      const bool exact = row.at("method") == "exact";
      const MannWhitneyTest test = mann_whitney_test(
          a, b,
          {.alternative = alternative_of(row),
           .method = exact ? MannWhitneyMethod::kExact : MannWhitneyMethod::kNormal,
           .null_ranks = NullRanks::kDistinct,
           .continuity_correction = row.at("continuity_correction").get<bool>()});
      EXPECT_EQ(test.u_a, row.at("U1").get<double>());
      EXPECT_EQ(test.u_b, row.at("U2").get<double>());
      EXPECT_NEAR(test.p, row.at("p").get<double>(), kTolerance);
    }
    if (!pair.contains("welch_t")) continue;  // the tiny pair has none
    ++welch_tests;
    const TTest welch = welch_t_test(a, b);
    EXPECT_NEAR(welch.t, pair.at("welch_t").at("t").get<double>(), kTolerance) << key;
    EXPECT_NEAR(welch.p, pair.at("welch_t").at("p").get<double>(), kTolerance) << key;
  }
  EXPECT_EQ(welch_tests, 6);
}

}  // namespace
}  // namespace bench::statistics
