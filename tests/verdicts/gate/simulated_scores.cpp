#include "simulated_scores.h"

#include <cmath>

namespace bench::verdicts {

MeasuredScores simulated_scores(std::span<const double> image_effects, std::size_t seeds,
                                double change_db, const ScoreNoise& noise,
                                randomness::Stream& stream, std::int64_t first_seed) {
  MeasuredScores measured{.protocol = "psnr(space=y-bt601-limited)", .unit = "dB"};
  for (std::size_t i = 0; i < image_effects.size(); ++i) {
    measured.images.push_back("image" + std::to_string(i));
  }
  for (std::size_t s = 0; s < seeds; ++s) {
    const double training = noise.training_sd * stream.normal();
    std::vector<double> row;
    for (const double effect : image_effects) {
      row.push_back(30.0 + change_db + noise.image_sd * effect + training +
                    noise.interaction_sd * stream.normal());
    }
    measured.seeds.push_back(first_seed + static_cast<std::int64_t>(s));
    measured.scores.push_back(std::move(row));
  }
  return measured;
}

std::vector<double> normal_effects(std::size_t count, randomness::Stream& stream) {
  std::vector<double> effects(count);
  for (double& effect : effects) effect = stream.normal();
  return effects;
}

std::vector<CostRound> simulated_rounds(std::size_t rounds, double ratio, const CostNoise& noise,
                                        randomness::Stream& stream) {
  const auto disturbance = [&] {
    const double jitter = noise.jitter_sd * stream.normal();
    return stream.uniform() < noise.disturbed ? jitter + 0.02 + 0.28 * stream.uniform() : jitter;
  };
  std::vector<CostRound> series;
  double drift = 0.0;
  for (std::size_t r = 0; r < rounds; ++r) {
    drift = 0.8 * drift + noise.drift_sd * stream.normal();
    series.push_back({.baseline = 100.0 * std::exp(drift + disturbance()),
                      .candidate = 100.0 * ratio * std::exp(drift + disturbance())});
  }
  return series;
}

}  // namespace bench::verdicts
