#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "clearer/architecture.h"
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
  std::int64_t step = 0;                             ///< steps done
  std::vector<std::array<double, 2>> probabilities;  ///< per position: parallel, fusion
  double entropy_nats = 0.0;       ///< mean over positions: ln 2 undecided, 0 decided
  double weight_loss = 0.0;        ///< mean since the point before; NaN without any
  double architecture_loss = 0.0;  ///< mean since the point before; NaN without any
  Architecture architecture;       ///< the answer if the search ended here
  SearchCost cost;
};

/// A candidate and what its evaluation said; higher is better.
struct ScoredArchitecture {
  Architecture architecture;
  double score = 0.0;
};

struct SearchResult {
  Architecture architecture;
  std::vector<TrajectoryPoint> trajectory;
  std::vector<ScoredArchitecture> scored;  ///< in the order of evaluation
  SearchCost cost;
};

/// Appends trajectory, scores and cost as tensors of float64, named "search.*".
void append_result(const SearchResult& result, training::State& state);

/// Inverse of `append_result` for cells of these sizes.
/// \throws std::invalid_argument naming what is missing
SearchResult result_in(const training::State& state, const std::vector<std::int64_t>& cell_sizes);

}  // namespace bench::clearer
