#pragma once

#include <deque>
#include <memory>

#include "clearer/search/random_bits.h"
#include "clearer/search/strategy.h"
#include "clearer/search/supernet_passes.h"
#include "training/optimizer.h"

namespace bench::clearer {

/// Scores whole architectures: at random, by regularized evolution, or every one.
/// With shared weights a supernet is first trained by one random architecture per step.
class CandidateSearch : public Strategy {
 public:
  CandidateSearch(const SearchSpace& space, const SearchOptions& options, Supernet supernet,
                  SearchBatches batches, ScoreFunction score);

  std::int64_t position() const override { return position_; }
  std::int64_t planned_steps() const override { return weight_steps() + candidate_count(); }
  bool finished() const override;
  SearchStepReport step() override;
  SearchResult result() const override;
  training::State state() const override;
  void restore(const training::State& state) override;

 private:
  std::int64_t weight_steps() const;
  std::int64_t candidate_count() const;
  void weight_step(SearchStepReport& report);
  void candidate_step(SearchStepReport& report);
  Architecture next_candidate() const;
  Architecture mutated_parent(RandomBits& random) const;
  void add_point(double weight_loss);

  const SearchSpace space_;
  const SearchOptions options_;
  const std::int64_t steps_per_epoch_;  ///< between two points of the trajectory
  Supernet supernet_;
  const SearchBatches batches_;
  const ScoreFunction score_;
  std::unique_ptr<SupernetPasses> passes_;  ///< these three only with shared weights
  std::vector<torch::Tensor> weights_;
  std::unique_ptr<training::Optimizer> weight_optimizer_;
  std::int64_t position_ = 0;
  double epoch_loss_ = 0.0;  ///< sum since the last trajectory point
  SearchResult result_;      ///< grows; `architecture` is the best so far
};

}  // namespace bench::clearer
