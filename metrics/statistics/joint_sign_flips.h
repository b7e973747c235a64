#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace bench::statistics {

/// p of every pair of methods, each corrected for all the others.
struct PairwiseP {
  std::size_t methods = 0;
  std::vector<double> corrected = {};  ///< [method][method], symmetric; 1 on the diagonal
  double smallest_p = 1.0;             ///< what the number of images can reach at all

  double of(std::size_t i, std::size_t j) const { return corrected[i * methods + j]; }
};

/// Whose means differ? All pairs of methods on the same images, two-sided, so that any false
/// difference among them is at most as likely as the level that a corrected p is held against.
///
/// Fisher's paired randomization test: were two methods equal, each image's difference could as
/// well have had the other sign. The statistic of a pair is its mean difference divided by the
/// root mean square of its differences (a monotone function of Student's t). One set of flipped
/// images serves all pairs at once, so that the largest statistic of a flip has the dependence
/// that the methods' scores have, and Holm's steps are taken on its distribution instead of on
/// Bonferroni's bound (Westfall and Young 1993, Resampling-Based Multiple Testing, free step-down
/// max T; strong control: Romano and Wolf 2005, JASA 100). Hence the smallest p does not grow with
/// the number of methods, where a Bonferroni or Holm correction of 190 pairs leaves 12 images
/// nothing that could be found.
///
/// Exact where the differences of equal methods are jointly symmetric about zero, and nearly so
/// otherwise, as their means tend to a normal distribution.
///
/// All 2^(n-1) flips up to 13 images, else 4,999 drawn from a fixed stream and the scores as they
/// are (the same scores give the same p everywhere; a p of 0.05 has a standard error of 0.003).
/// \param scores  [method][image], at least one of each, the same images in the same order
/// \throws StatisticsError for no method, unlike image counts, or a non-finite score.
PairwiseP joint_sign_flip_test(std::span<const std::vector<double>> scores);

}  // namespace bench::statistics
