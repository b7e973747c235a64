#pragma once

#include <span>
#include <vector>

#include "core/randomness/stream.h"
#include "verdicts/compare/measured_scores.h"
#include "verdicts/gate/cost_decision.h"

namespace bench::verdicts {

/// Spreads of PSNR in dB that a simulated experiment has.
struct ScoreNoise {
  double image_sd = 2.5;         ///< between images, shared by both sides
  double training_sd = 0.10;     ///< between trainings, of the mean over images
  double interaction_sd = 0.05;  ///< of one image in one training (or noise draw)
};

/// `seeds` trainings of a method whose true mean is 30 dB + `change_db`, on given images.
/// \param image_effects  in standard deviations, one an image, the same for both sides.
MeasuredScores simulated_scores(std::span<const double> image_effects, std::size_t seeds,
                                double change_db, const ScoreNoise& noise,
                                randomness::Stream& stream, std::int64_t first_seed = 1);

/// `count` standard normal numbers.
std::vector<double> normal_effects(std::size_t count, randomness::Stream& stream);

/// Times of a shared machine: slow drift that both sides of a round meet, 1 % of jitter a
/// measurement, and one measurement in ten slowed by 2 to 30 %.
struct CostNoise {
  double drift_sd = 0.03;  ///< step of the drift from round to round (mean-reverting)
  double jitter_sd = 0.01;
  double disturbed = 0.10;  ///< share of measurements that something else slows
};

/// Rounds of both sides; the candidate's true time is `ratio` times the baseline's 100 ms.
std::vector<CostRound> simulated_rounds(std::size_t rounds, double ratio, const CostNoise& noise,
                                        randomness::Stream& stream);

}  // namespace bench::verdicts
