#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metrics/statistics/equivalence.h"
#include "metrics/statistics/inference.h"
#include "metrics/statistics/sample.h"

namespace bench::statistics {

/// One side of a comparison.
struct SeededScores {
  std::span<const std::vector<double>> by_seed;  ///< [seed][image], images in one order
  /// Whether each seed is a training of its own. What is not trained and has one row has no chance
  /// in it (BM3D, given weights); several rows are draws of the noise, a sample in any case.
  bool is_trained = true;
};

enum class Seeds {
  kMatched,   ///< row s of both sides has the same seed: same data order, same noise
  kUnmatched  ///< two samples of their own, on the same images
};

struct CrossedOptions {
  double level = 0.05;  ///< intervals have confidence 1 - level
  Inference inference = Inference::kMethods;
  Seeds seeds = Seeds::kMatched;
};

/// An independent part of the error of the mean difference.
struct ErrorPart {
  double variance = 0.0;  ///< that it adds to the variance of the mean difference
  double degrees = 1.0;   ///< degrees of freedom of that estimate
};

/// Standard deviations of one difference; a negative estimate of a variance is zero.
struct VarianceComponents {
  double seed = 0.0;      ///< between trainings: unmatched, the root of both sides' sum
  double image = 0.0;     ///< between images
  double residual = 0.0;  ///< what a seed does to one image only
};

/// How much better `a` is than `b`, as methods.
struct CrossedComparison {
  std::size_t images = 0;
  std::size_t seeds_a = 0;
  std::size_t seeds_b = 0;
  double mean_difference = 0.0;
  VarianceComponents components = {};
  std::vector<ErrorPart> seed_parts = {};      ///< none where nothing on either side is drawn
  std::optional<ErrorPart> image_part = {};    ///< empty where the images are all there are
  std::optional<Interval> interval = {};       ///< of the difference; see `guaranteed_reach`
  double p = 1.0;                              ///< two-sided, of the same test
  double standard_error = 0.0;                 ///< from the components
  double satterthwaite_degrees = 0.0;          ///< of that standard error; 0 where it has none
  std::optional<Interval> satterthwaite = {};  ///< the textbook interval; too short for 2-3 seeds
  double satterthwaite_p = 1.0;
  std::string refusal = {};  ///< why there is neither interval nor p; empty where there are
};

/// The model is that of a two-way layout with one value a cell: the difference of seed s on image i
/// is delta + seed(s) + image(i) + residual(s, i), all effects random (Scheffe 1959, chapter 7).
/// The mean squares of seeds and of images are independent, and each says how far the mean
/// difference errs for want of seeds, or of images. Seeds that are not matched give a part for each
/// side.
///
/// Default test and interval: `guaranteed_reach` of these parts. Satterthwaite's (1946)
/// approximation is given beside it, as it is what others report: with two or three seeds its
/// degrees of freedom are themselves estimated from so little that it calls equal methods different
/// in up to 13 % of comparisons at level 5 %, and far oftener than a corrected level allows
/// (docs/results/crossed_simulation.md).
///
/// Without a spread there is no answer: one training of a trained method, or one image where images
/// are a sample, is refused in words; nothing is thrown.
/// \throws StatisticsError for no seed, no image, unlike images, non-finite scores, matched seeds
///         of unlike number, or kTheseNetworks (the test of `best_of_table.h`).
CrossedComparison crossed_comparison(const SeededScores& a, const SeededScores& b,
                                     const CrossedOptions& options = {});

/// Half the width of an interval that holds the mean with probability 1 - level at least, whatever
/// the parts' true variances are: the root of the sum of t(1 - level / 2, degrees)^2 * variance.
/// Banerjee (1961, Sankhya A 23, "On confidence interval for two-means problem based on separate
/// estimates of variances and tabulated values of t-table"). Why it holds: given the parts, the
/// probability that a squared normal variable lies below the bound is a concave function of the
/// bound, and the bound is an average, weighted by the parts' shares of the true variance, of
/// bounds that each hold alone. That the residual is counted with both seeds and images makes it
/// longer, never shorter.
double guaranteed_reach(std::span<const ErrorPart> parts, double level);

/// The level at which `guaranteed_reach` is |difference|: 1 for no difference; 0 for one without
/// any spread.
double guaranteed_p(double difference, std::span<const ErrorPart> parts);

/// All parts of a comparison: those of its seeds, then that of its images.
std::vector<ErrorPart> error_parts(const CrossedComparison& comparison);

/// The true difference that most repetitions would find, at `level`, with `seeds` seeds a side and
/// the same images: reach + t(0.8) standard errors, from the components as estimated. Simulated, 65
/// to 83 % find it. Empty where the comparison was refused or `seeds` is below 2.
std::optional<double> detectable_difference(const CrossedComparison& comparison, std::size_t seeds,
                                            double level = 0.05);

/// The fewest seeds whose `detectable_difference` is at most `difference`; empty where 100 are
/// still too few.
std::optional<std::size_t> seeds_to_detect(const CrossedComparison& comparison, double difference,
                                           double level = 0.05);

/// Two one-sided tests (as `equivalence_test`) of a comparison's difference against -margin and
/// margin, with `guaranteed_reach`; its interval has confidence 1 - 2 level.
/// \pre the comparison was not refused. \throws StatisticsError unless the margin is positive.
EquivalenceTest crossed_equivalence(const CrossedComparison& comparison, double margin,
                                    double level = 0.05);

/// How often a training of `a` scores higher than one of `b` on an image; equal counts half.
struct ProbabilityBetter {
  double estimate = 0.5;
  std::optional<Interval> interval = {};  ///< empty where the comparison is refused
};

/// Over all pairs of trainings (matched: of one seed) and images. The interval has the reach of
/// `crossed_comparison` on these indicators, bent into [0, 1] as Wilson's (1927) is; where they do
/// not vary at all, that of as many yes-or-no trials as the scarcer of seeds and images.
/// \throws StatisticsError as `crossed_comparison`
ProbabilityBetter probability_better(const SeededScores& a, const SeededScores& b,
                                     const CrossedOptions& options = {});

}  // namespace bench::statistics
