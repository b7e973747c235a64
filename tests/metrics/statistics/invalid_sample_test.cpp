#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "metrics/statistics/best_of_table.h"
#include "metrics/statistics/bootstrap.h"
#include "metrics/statistics/equivalence.h"
#include "metrics/statistics/hodges_lehmann.h"
#include "metrics/statistics/mann_whitney.h"
#include "metrics/statistics/paired_comparison.h"
#include "metrics/statistics/sign_test.h"
#include "metrics/statistics/signed_rank.h"
#include "metrics/statistics/t_test.h"

namespace bench::statistics {
namespace {

using Values = std::vector<double>;

const double kNan = std::numeric_limits<double>::quiet_NaN();
const double kInfinity = std::numeric_limits<double>::infinity();

std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const StatisticsError& error) {
    return error.what();
  }
  return "no error";
}

TEST(InvalidSample, EveryFunctionNamesTheIndexThatIsNotFinite) {
  const std::vector<std::function<void(const Values&)>> functions = {
      [](const Values& v) { mean(v); },
      [](const Values& v) { median(v); },
      [](const Values& v) { deviation(v); },
      [](const Values& v) { summarize(v); },
      [](const Values& v) { t_test(v); },
      [](const Values& v) {
        welch_t_test(Values{1, 2}, v);
      },
      [](const Values& v) { signed_rank_test(v); },
      [](const Values& v) {
        mann_whitney_test(v, Values{1, 2});
      },
      [](const Values& v) { sign_test(v); },
      [](const Values& v) { hodges_lehmann_paired(v); },
      [](const Values& v) { hodges_lehmann_shift(Values{1}, v); },
      [](const Values& v) { equivalence_test(v, 0.1); },
      [](const Values& v) { means_over_seeds(std::vector<Values>{v}); },
      [](const Values& v) {
        paired_comparison(Values{1, 2, 3}, v);
      },
      [](const Values& v) {
        compare_against_best(std::vector<MethodScores>{{"DnCNN", v}}, Direction::kHigherIsBetter);
      },
      [](const Values& v) {
        randomness::Stream stream(1, "test");
        bootstrap_interval(v, stream);
      }};
  for (std::size_t i = 0; i < functions.size(); ++i) {
    for (const double bad : {kNan, kInfinity, -kInfinity}) {
      const auto message = message_of([&] { functions[i]({1.0, 2.0, bad}); });
      EXPECT_NE(message.find("[2]"), std::string::npos) << i << ": " << message;
    }
  }
}

TEST(InvalidSample, TooFewValuesAreRefused) {
  randomness::Stream stream(1, "test");
  EXPECT_THROW(mean(Values{}), StatisticsError);
  EXPECT_THROW(t_test(Values{1}), StatisticsError);
  EXPECT_THROW(welch_t_test(Values{1}, Values{1, 2}), StatisticsError);
  EXPECT_THROW(signed_rank_test(Values{}), StatisticsError);
  EXPECT_THROW(equivalence_test(Values{1}, 0.1), StatisticsError);
  EXPECT_THROW(bootstrap_interval(Values{1}, stream), StatisticsError);
  EXPECT_THROW(bootstrap_interval(Values{1, 2}, stream, {.resamples = 1}), StatisticsError);
  EXPECT_THROW(paired_comparison(Values{}, Values{}), StatisticsError);
  EXPECT_THROW(means_over_seeds(std::vector<Values>{}), StatisticsError);
}

TEST(InvalidSample, OneValueHasAMeanAndNoSpread) {
  const MeanSummary summary = summarize(Values{30.5});
  EXPECT_EQ(summary.mean, 30.5);
  EXPECT_FALSE(summary.deviation || summary.standard_error || summary.interval);
}

TEST(InvalidSample, UnlikePairsAndLevelsAreRefused) {
  EXPECT_NE(message_of([] {
              paired_comparison(Values{1, 2}, Values{1});
            }).find("got 2 and 1"),
            std::string::npos);
  EXPECT_THROW(summarize(Values{1, 2}, 1.0), StatisticsError);
  EXPECT_THROW(summarize(Values{1, 2}, kNan), StatisticsError);
  EXPECT_THROW(means_over_seeds(std::vector<Values>{{1, 2}, {1}}), StatisticsError);
  const std::vector<std::vector<std::size_t>> resamples{{0, 1}, {0, 2}};
  EXPECT_THROW(bootstrap_interval(Values{1, 2}, resamples), StatisticsError);
  const Values long_sample(201, 1.0);
  EXPECT_THROW(signed_rank_test(long_sample, {.method = SignedRankMethod::kExact}),
               StatisticsError);
  EXPECT_THROW(mann_whitney_test(long_sample, Values{1}, {.method = MannWhitneyMethod::kExact}),
               StatisticsError);
}

}  // namespace
}  // namespace bench::statistics
