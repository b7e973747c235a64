#include <cmath>
#include <stdexcept>
#include <string>

#include "metrics/psnr.h"
#include "metrics/score.h"

namespace bench::metrics {
namespace {

void require_scores_and_weights(std::span<const double> scores, std::span<const double> weights) {
  if (scores.empty()) {
    throw std::invalid_argument("score_of_set: expected at least one score, got none");
  }
  if (!weights.empty() && weights.size() != scores.size()) {
    throw std::invalid_argument("score_of_set: expected one weight per score, got " +
                                std::to_string(weights.size()) + " weights for " +
                                std::to_string(scores.size()) + " scores");
  }
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (std::isnan(scores[i])) {
      throw std::invalid_argument("score_of_set: score " + std::to_string(i) + " is not a number");
    }
    if (!weights.empty() && !(weights[i] > 0.0)) {
      throw std::invalid_argument("score_of_set: expected positive weights, weight " +
                                  std::to_string(i) + " is " + std::to_string(weights[i]));
    }
  }
}

}  // namespace

SetScore score_of_set(const Protocol& protocol, std::span<const double> scores,
                      std::span<const double> weights) {
  require_scores_and_weights(scores, weights);
  const bool by_error = protocol.aggregation == Aggregation::kMseMean;
  SetScore set{0.0, scores.size(), 0};
  double total = 0.0, total_weight = 0.0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double weight = weights.empty() ? 1.0 : weights[i];
    if (std::isinf(scores[i])) ++set.identical_images;
    total += weight * (by_error ? mse_of_psnr_db(scores[i], protocol.peak) : scores[i]);
    total_weight += weight;
  }
  const double mean = total / total_weight;
  set.value = by_error ? psnr_db_of_mse(mean, protocol.peak) : mean;
  return set;
}

}  // namespace bench::metrics
