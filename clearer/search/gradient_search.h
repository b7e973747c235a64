#pragma once

#include <array>
#include <memory>

#include "clearer/search/strategy.h"
#include "training/optimizer.h"
#include "training/relaxed_network.h"

namespace bench::clearer {

/// Weights and architecture probabilities descend together: CLEARER's alternation, DARTS of
/// first and second order, and the joint single-level search, which differ in few lines. Knows
/// nothing of the space that is searched.
class GradientSearch : public Strategy {
 public:
  GradientSearch(const SearchOptions& options, std::shared_ptr<training::RelaxedNetwork> network,
                 SearchBatches batches);

  std::int64_t position() const override { return position_; }
  std::int64_t planned_steps() const override;
  bool finished() const override;
  SearchStepReport step() override;
  SearchResult result() const override;
  training::State state() const override;
  void restore(const training::State& state) override;

 private:
  bool architecture_step_is_due() const;
  double architecture_step();
  training::LookAhead look_ahead() const;
  void descend_architecture(const std::vector<torch::Tensor>& gradient);
  void weight_step(SearchStepReport& report);
  void record(const SearchStepReport& report);
  void end_epoch();
  void check_objective(double objective, const training::Batch& batch) const;
  [[noreturn]] void report_divergence(const training::Batch& batch, const std::string& term) const;

  const SearchOptions options_;
  const std::int64_t steps_per_epoch_;  ///< between two points of the trajectory
  const std::shared_ptr<training::RelaxedNetwork> network_;
  const SearchBatches batches_;
  const std::vector<torch::Tensor> weights_;
  const std::vector<torch::Tensor> logits_;
  std::unique_ptr<training::Optimizer> weight_optimizer_;
  std::unique_ptr<training::Optimizer> architecture_optimizer_;
  std::int64_t position_ = 0;
  SearchCost cost_;
  std::vector<TrajectoryPoint> trajectory_;
  /// Sums since the last trajectory point: weight loss, count, architecture loss, count.
  std::array<double, 4> sums_ = {};
};

}  // namespace bench::clearer
