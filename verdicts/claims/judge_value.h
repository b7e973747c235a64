#pragma once

#include <span>
#include <string>

namespace bench::verdicts {

/// What became of a published statement.
enum class Verdict {
  kReproduced,
  kWithinRounding,
  kWithinSeedNoise,
  kWithinMargin,        ///< no nearer, but not beyond what a re-implementation may differ by
  kReproducedUnstated,  ///< under a definition that the source does not state
  kContradicted,
  kNotTestable
};

/// All of them, in the order of summaries.
std::span<const Verdict> all_verdicts();

/// "reproduced", "within rounding", "within seed noise", "within the margin", "reproduced
/// (unstated)", "contradicted", "not testable here".
std::string to_string(Verdict verdict);

/// Inverse of `to_string`; kNotTestable for any other text.
Verdict verdict_named(const std::string& name);

/// How far a re-implementation may lie from a printed number before it contradicts it, where the
/// claim says nothing: 0.1 dB of PSNR, 0.002 of SSIM and MS-SSIM; none of other metrics.
double usual_margin(const std::string& metric);

/// A number as a source prints it: its decimals are those that the source rounds to.
struct PrintedNumber {
  double value = 0;
  int digits = 0;
  int draws = 1;      ///< over how many seeds the source averages; one where it does not say
  double margin = 0;  ///< differences up to it contradict nothing
};

/// What was drawn at random for a measurement.
enum class Chance {
  kNone,         ///< given weights or an algorithm on given images: one value is all there is
  kEachSeed,     ///< a training, test noise, or both; drawn anew under each seed
  kSharedNoise,  ///< a training under each seed, all of them tested under one draw of noise
};

/// \param trained          whether weights were trained here, or the images' noise ...
/// \param noisy            ... was drawn, and ...
/// \param noise_each_seed  ... was so anew under each seed
Chance chance_of(bool trained, bool noisy, bool noise_each_seed);

/// Over how many seeds a source averages that says `seeds`: a number, else one.
int draws_stated(const std::string& seeds);

/// Decimals of a number as printed: 2 of "28.50", 0 of "3".
int decimals_of(const std::string& printed);

struct JudgedNumber {
  std::string measured;    ///< as the source rounds
  std::string difference;  ///< measured - published, one digit more, with its sign
  Verdict verdict = Verdict::kNotTestable;
  std::string reason;
};

/// Holds the mean over `seed_means` against what is printed: reproduced if it rounds to it; within
/// rounding if it is less than one unit of the last printed digit away. Further away, `chance`
/// decides. Without any, the number is contradicted. Else it is within seed noise if the interval
/// of the difference holds zero,
///
///   measured - published  -+  (t(.975, n - 1) s sqrt(1 / n + 1 / draws) + half a unit),
///
/// with the standard deviation s of the n seed means: the printed number is the mean of `draws`
/// draws of the same chance, rounded (prediction interval of Student's t). What is left lies within
/// the margin, or contradicts the number; with one seed, or with noise that all seeds share, no
/// spread is known, and the number is not testable. \pre at least one finite mean
JudgedNumber judge_number(const PrintedNumber& published, std::span<const double> seed_means,
                          Chance chance);

}  // namespace bench::verdicts
