#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "clearer/network/supernet.h"
#include "clearer/search/record.h"
#include "clearer/space/search_options.h"
#include "training/batch.h"
#include "training/divergence.h"
#include "training/relaxed_network.h"
#include "training/state.h"

namespace bench::clearer {

/// Batches of a search: two disjoint parts of the TRAINING data. Both are pure functions of the
/// step. The joint strategy and the candidates' shared weights use `weights` alone.
struct SearchBatches {
  training::BatchSource weights;
  training::BatchSource architecture;
};

/// How good a candidate is, and what it took to know.
struct CandidateScore {
  double score = 0.0;            ///< higher is better, e.g. PSNR in dB on held-out training data
  std::int64_t images_seen = 0;  ///< by the evaluation (and by a training that it did)
};

/// Scores one architecture.
/// \param supernet  with the shared weights, in evaluation mode; null without shared weights
using ScoreFunction = std::function<CandidateScore(const Architecture&, SupernetImpl* supernet)>;

/// A search for an architecture, step by step. Its state may be taken after any step; restored
/// from it, a strategy goes on bit-identically (but for `cost.seconds`). Not thread-safe.
class Strategy {
 public:
  virtual ~Strategy() = default;

  /// Steps done so far. A step is a weight step with its architecture step, or one candidate.
  virtual std::int64_t position() const = 0;

  /// Steps that are planned; an image budget may end the search before.
  virtual std::int64_t planned_steps() const = 0;

  virtual bool finished() const = 0;

  /// \throws training::DivergenceError naming the step and what was not finite
  virtual SearchStepReport step() = 0;

  /// The answer so far, with trajectory and cost.
  virtual SearchResult result() const = 0;

  virtual training::State state() const = 0;

  /// \throws std::invalid_argument naming what does not fit
  virtual void restore(const training::State& state) = 0;
};

/// \param supernet  on the device to search on; null for candidates without shared weights
/// \param score     needed by random, evolution and exhaustive
/// \throws std::invalid_argument for impossible or contradictory options
std::unique_ptr<Strategy> make_strategy(const SearchSpace& space, const SearchOptions& options,
                                        Supernet supernet, SearchBatches batches,
                                        ScoreFunction score = {});

/// The alternation (or the joint search) on any relaxed network, of whatever space. What only
/// CLEARER's space has in the options is not read: semantics, losses, costs.
/// \throws std::invalid_argument for impossible options, or a strategy that scores candidates
std::unique_ptr<Strategy> make_relaxed_search(const SearchOptions& options,
                                              std::shared_ptr<training::RelaxedNetwork> network,
                                              SearchBatches batches);

}  // namespace bench::clearer
