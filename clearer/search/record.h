#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "training/state.h"

namespace bench::clearer {

/// What a search has used up, counted alike by every strategy.
struct SearchCost {
  std::int64_t images_seen = 0;  ///< each passage of an image through a network counts
  std::int64_t weight_steps = 0;
  std::int64_t architecture_steps = 0;
  std::int64_t evaluations = 0;  ///< candidates that were scored
  double seconds = 0.0;          ///< wall clock inside step(), all sessions together
};

/// What one step saw. Terms that it did not compute are NaN.
struct SearchStepReport {
  std::int64_t step = 0;
  double weight_loss;        ///< L_Res on the weights' batch
  double gradient_norm;      ///< of the weights, before clipping
  double architecture_loss;  ///< L_Res + lambda1 L_Arch + lambda2 L_Comp on the other batch
  double score;              ///< of the candidate
};

/// The search at the end of an epoch (or after a scored candidate).
struct TrajectoryPoint {
  std::int64_t step = 0;  ///< steps done
  /// Per choice of the space; CLEARER's positions: parallel, fusion.
  std::vector<std::vector<double>> probabilities;
  double entropy_nats = 0.0;       ///< mean over choices: 0 decided, ln 2 undecided between two
  double weight_loss = 0.0;        ///< mean since the point before; NaN without any
  double architecture_loss = 0.0;  ///< mean since the point before; NaN without any
  std::string architecture;        ///< the answer if the search ended here, as its space writes it
  SearchCost cost;
};

/// A candidate and what its evaluation said; higher is better.
struct ScoredArchitecture {
  std::string architecture;
  double score = 0.0;
};

struct SearchResult {
  std::string architecture;  ///< a text that its space reads back
  std::vector<TrajectoryPoint> trajectory;
  std::vector<ScoredArchitecture> scored;  ///< in the order of evaluation
  SearchCost cost;
};

/// Appends trajectory, scores and cost as tensors of float64 and texts, named "search.*".
void append_result(const SearchResult& result, training::State& state);

/// Inverse of `append_result`.
/// \throws std::invalid_argument naming what is missing
SearchResult result_in(const training::State& state);

}  // namespace bench::clearer
