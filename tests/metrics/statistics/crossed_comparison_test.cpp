#include "metrics/statistics/crossed_comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/randomness/stream.h"
#include "metrics/statistics/t_test.h"
#include "oracle.h"

namespace bench::statistics {
namespace {

using Rows = std::vector<std::vector<double>>;

nlohmann::json reference() {
  std::ifstream file(BENCH_SOURCE_DIR "/tests/reference/crossed_reference.json");
  return nlohmann::json::parse(file);
}

void expect_interval(const std::optional<Interval>& ours, const nlohmann::json& theirs) {
  ASSERT_TRUE(ours);
  EXPECT_NEAR(ours->low, theirs.at(0).get<double>(), 1e-9);
  EXPECT_NEAR(ours->high, theirs.at(1).get<double>(), 1e-9);
}

/// Scores of seeds that differ in every image, so that no part vanishes.
Rows simulated(std::size_t seeds, std::size_t images, double seed_deviation, double mean,
               randomness::Stream& stream) {
  Rows rows;
  for (std::size_t s = 0; s < seeds; ++s) {
    const double seed = seed_deviation * stream.normal();
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < images; ++i) row.push_back(mean + seed + 0.3 * stream.normal());
  }
  return rows;
}

TEST(CrossedComparison, EqualsLeastSquaresAndRestrictedLikelihood) {
  const auto document = reference();
  for (const auto& expected : document.at("cases")) {
    SCOPED_TRACE(expected.at("name").get<std::string>());
    const auto a = expected.at("a").get<Rows>(), b = expected.at("b").get<Rows>();
    const SeededScores first{a}, second{b, b.size() > 1};
    CrossedOptions options{.seeds = expected.at("kind") == "matched" ? Seeds::kMatched
                                                                     : Seeds::kUnmatched};
    const auto ours = crossed_comparison(first, second, options);
    EXPECT_EQ(ours.refusal, "");
    EXPECT_NEAR(ours.mean_difference, expected.at("difference").get<double>(), 1e-9);
    EXPECT_NEAR(ours.standard_error, expected.at("standard_error").get<double>(), 1e-9);
    EXPECT_NEAR(ours.satterthwaite_degrees, expected.at("satterthwaite_degrees").get<double>(),
                1e-6);
    EXPECT_NEAR(ours.satterthwaite_p, expected.at("satterthwaite_p").get<double>(), 1e-8);
    EXPECT_NEAR(ours.p, expected.at("p").get<double>(), 1e-7);
    expect_interval(ours.interval, expected.at("interval"));
    expect_interval(ours.satterthwaite, expected.at("satterthwaite"));
    const auto components = expected.at("components").get<std::vector<double>>();
    EXPECT_NEAR(ours.components.seed, components[0], 1e-9);
    EXPECT_NEAR(ours.components.image, components[1], 1e-9);
    EXPECT_NEAR(ours.components.residual, components[2], 1e-9);
    if (expected.at("kind") == "matched" && expected.contains("reml_standard_error")) {
      EXPECT_NEAR(ours.standard_error, expected.at("reml_standard_error").get<double>(), 1e-5);
    }
    options.inference = Inference::kMethodsOnThisTestSet;
    EXPECT_NEAR(crossed_comparison(first, second, options).p,
                expected.at("p_this_test_set").get<double>(), 1e-7);
  }
}

TEST(CrossedComparison, WithoutAnySeedVarianceIsThePairedTTestOverImages) {
  const std::vector<double> a = {30.1, 28.4, 33.0, 27.9, 31.5}, b = {29.8, 28.5, 32.1, 27.5, 31.0};
  const Rows same_a(3, a), same_b(3, b);
  const auto crossed = crossed_comparison({same_a}, {same_b});
  const auto differences = paired_differences(a, b);
  const auto paired = summarize(differences);
  EXPECT_NEAR(crossed.p, t_test(differences).p, 1e-9);
  EXPECT_NEAR(crossed.satterthwaite_p, t_test(differences).p, 1e-9);
  EXPECT_NEAR(crossed.satterthwaite_degrees, 4.0, 1e-9);
  EXPECT_NEAR(crossed.interval->low, paired.interval->low, 1e-9);
  // So it is for two sides that nothing is drawn for: BM3D against given weights.
  const Rows one_a = {a}, one_b = {b};
  EXPECT_NEAR(crossed_comparison({one_a, false}, {one_b, false}).p, crossed.p, 1e-9);
}

TEST(CrossedComparison, WithoutAnyImageVarianceIsThePairedTTestOverSeeds) {
  const Rows a = {{30.1, 28.1}, {30.4, 28.4}, {29.9, 27.9}}, b(3, {29.8, 27.8});
  const auto crossed = crossed_comparison({a}, {b});
  const std::vector<double> seeds = {0.3, 0.6, 0.1};
  EXPECT_NEAR(crossed.p, t_test(seeds).p, 1e-8);
  EXPECT_NEAR(crossed.satterthwaite_degrees, 2.0, 1e-9);
}

TEST(CrossedComparison, OnThisTestSetComparesSeedMeansOnly) {
  randomness::Stream stream(5, "crossed test");
  const Rows a = simulated(4, 9, 0.2, 30.0, stream), b = simulated(3, 9, 0.2, 29.9, stream);
  std::vector<double> of_a, of_b;
  for (const auto& row : a) of_a.push_back(mean(row));
  for (const auto& row : b) of_b.push_back(mean(row));
  const auto crossed = crossed_comparison(
      {a}, {b}, {.inference = Inference::kMethodsOnThisTestSet, .seeds = Seeds::kUnmatched});
  const auto welch = welch_t_test(of_a, of_b);
  EXPECT_NEAR(crossed.satterthwaite_degrees, welch.degrees_of_freedom, 1e-9);
  EXPECT_NEAR(crossed.satterthwaite_p, welch.p, 1e-9);
  EXPECT_GE(crossed.p, welch.p);
}

TEST(CrossedComparison, OneTrainingIsRefusedInWords) {
  const Rows once = {{30.0, 31.0, 29.0}}, twice = {{29.0, 30.5, 28.0}, {29.1, 30.4, 28.1}};
  const auto refused = crossed_comparison({once}, {twice}, {.seeds = Seeds::kUnmatched});
  EXPECT_NE(refused.refusal.find("one training"), std::string::npos);
  EXPECT_FALSE(refused.interval);
  EXPECT_EQ(refused.p, 1.0);
  EXPECT_FALSE(detectable_difference(refused, 10));
  EXPECT_EQ(crossed_comparison({once, false}, {twice}).refusal, "");
  const Rows one_image = {{30.0}, {30.1}}, other = {{29.0}, {29.3}};
  EXPECT_NE(crossed_comparison({one_image}, {other}).refusal.find("one image"), std::string::npos);
  EXPECT_EQ(
      crossed_comparison({one_image}, {other}, {.inference = Inference::kMethodsOnThisTestSet})
          .refusal,
      "");
}

TEST(CrossedComparison, ThrowsForWhatCannotBeCompared) {
  const Rows two = {{1.0, 2.0}, {1.5, 2.5}}, three = {{1.0, 2.0}, {1.5, 2.5}, {1.0, 3.0}};
  const Rows wider = {{1.0, 2.0, 3.0}, {1.0, 2.0, 3.0}};
  EXPECT_THROW(crossed_comparison({two}, {three}), StatisticsError);
  EXPECT_THROW(crossed_comparison({two}, {wider}), StatisticsError);
  EXPECT_THROW(crossed_comparison({two}, {Rows{}}), StatisticsError);
  EXPECT_THROW(crossed_comparison({two}, {two}, {.inference = Inference::kTheseNetworks}),
               StatisticsError);
}

TEST(CrossedComparison, IsAntisymmetricAndUnmovedByAShiftOrTheOrderOfImages) {
  randomness::Stream stream(6, "crossed test");
  const Rows a = simulated(3, 7, 0.2, 30.0, stream), b = simulated(3, 7, 0.2, 29.8, stream);
  const auto forth = crossed_comparison({a}, {b}), back = crossed_comparison({b}, {a});
  EXPECT_NEAR(forth.mean_difference, -back.mean_difference, 1e-9);
  EXPECT_NEAR(forth.p, back.p, 1e-9);
  Rows turned_a = a, turned_b = b;
  for (auto* rows : {&turned_a, &turned_b}) {
    for (auto& row : *rows) {
      std::reverse(row.begin(), row.end());
      for (double& score : row) score += 5.0;
    }
  }
  EXPECT_NEAR(crossed_comparison({turned_a}, {turned_b}).p, forth.p, 1e-7);
}

TEST(GuaranteedReach, IsThatOfOnePartAloneAndTheIntervalEndsWherePIsTheLevel) {
  const ErrorPart seeds{0.04, 2.0}, images{0.01, 11.0};
  const std::vector<ErrorPart> both = {seeds, images};
  EXPECT_NEAR(guaranteed_reach({&seeds, 1}, 0.05), 4.302652729749462 * 0.2, 1e-9);
  for (const double level : {0.2, 0.05, 0.001, 1e-6}) {
    EXPECT_NEAR(guaranteed_p(guaranteed_reach(both, level), both) / level, 1.0, 1e-6);
  }
  EXPECT_EQ(guaranteed_p(0.0, both), 1.0);
  EXPECT_EQ(guaranteed_p(0.1, {}), 0.0);
}

TEST(DetectableDifference, ShrinksWithSeedsDownToWhatTheImagesLeave) {
  randomness::Stream stream(7, "crossed test");
  const Rows a = simulated(4, 20, 0.2, 30.0, stream), b = simulated(4, 20, 0.2, 29.8, stream);
  const auto comparison = crossed_comparison({a}, {b});
  double before = 1e9;
  for (const std::size_t seeds : {2, 3, 5, 10, 100}) {
    const double now = *detectable_difference(comparison, seeds);
    EXPECT_LT(now, before);
    before = now;
  }
  EXPECT_GT(*detectable_difference(comparison, 4),
            comparison.interval->high - comparison.mean_difference);
  const auto needed = seeds_to_detect(comparison, before * 1.5);
  ASSERT_TRUE(needed);
  EXPECT_LE(*detectable_difference(comparison, *needed), before * 1.5);
  EXPECT_GT(*detectable_difference(comparison, *needed - 1), before * 1.5);
  EXPECT_FALSE(seeds_to_detect(comparison, before * 0.1));
}

TEST(ProbabilityBetter, CountsPairsAndHalvesTies) {
  const Rows a = {{3.0, 1.0}, {3.0, 2.0}}, b = {{2.0, 2.0}, {2.0, 2.0}};
  EXPECT_NEAR(probability_better({a}, {b}).estimate, 0.625, 1e-12);  // wins 2, ties 1, of 4
  const Rows more = {{2.0, 2.0}, {4.0, 0.5}, {2.5, 1.5}};
  // Of 12 pairs of trainings and images: 3 beats 2 and 2.5 twice each; 1 beats .5; 2 beats .5 and
  // 1.5, and ties 2.
  EXPECT_NEAR(probability_better({a}, {more}, {.seeds = Seeds::kUnmatched}).estimate, 7.5 / 12,
              1e-12);
  const auto forth = probability_better({a}, {more}, {.seeds = Seeds::kUnmatched});
  const auto back = probability_better({more}, {a}, {.seeds = Seeds::kUnmatched});
  EXPECT_NEAR(forth.estimate, 1.0 - back.estimate, 1e-12);
  EXPECT_NEAR(forth.interval->low, 1.0 - back.interval->high, 1e-9);
}

TEST(ProbabilityBetter, IsNeverCertainOfAFewSeeds) {
  const Rows a(3, std::vector<double>(12, 2.0)), b(3, std::vector<double>(12, 1.0));
  const auto always = probability_better({a}, {b});
  EXPECT_EQ(always.estimate, 1.0);
  EXPECT_GT(always.interval->low, 0.05);
  EXPECT_LT(always.interval->low, 0.5);
  EXPECT_EQ(always.interval->high, 1.0);
}

TEST(InferenceNames, AreReadBack) {
  for (const auto inference :
       {Inference::kMethods, Inference::kMethodsOnThisTestSet, Inference::kTheseNetworks}) {
    EXPECT_EQ(inference_named(to_string(inference)), inference);
  }
  EXPECT_FALSE(inference_named("methods"));
}

}  // namespace
}  // namespace bench::statistics
