#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "clearer/losses/architecture_losses.h"
#include "clearer/network/supernet.h"
#include "clearer/space/search_space.h"
#include "training/recipe/recipe.h"

namespace bench::clearer {

enum class StrategyKind : std::uint8_t {
  kClearer,           ///< first-order alternation, as released
  kDartsFirstOrder,   ///< the same with the architecture step in training mode
  kDartsSecondOrder,  ///< through one unrolled weight step (Liu et al. 2019)
  kJoint,             ///< single level: weights and architecture from one batch
  kRandom,            ///< candidates by fair coins
  kEvolution,         ///< regularized evolution (Real et al. 2019)
  kExhaustive,        ///< every architecture of a small space
};

/// Statistics that batch normalization uses in the architecture step.
enum class ArchitectureBatchNorm : std::uint8_t {
  kEvaluation,  ///< running statistics, as released (deviation Q7)
  kTraining,    ///< of the batch, as DARTS
};

/// Defaults: `train_search.py` as released with CLEARER, but for the paper's losses and semantics.
struct SearchOptions {
  StrategyKind strategy = StrategyKind::kClearer;
  SupernetSemantics semantics = SupernetSemantics::kPaper;
  std::int64_t epochs = 200;
  std::int64_t steps_per_epoch = 50;  ///< weight steps
  std::int64_t image_budget = 0;      ///< end once so many images were seen; 0: no such limit
  double warmup_fraction = 0.05;      ///< part of all steps before the first architecture step
  std::int64_t weight_steps_per_architecture_step = 1;  ///< more: a converged inner problem
  training::OptimizerSettings weight_optimizer = {
      .kind = training::OptimizerKind::kSgd, .momentum = 0.9, .weight_decay = 3e-4};
  training::Schedule weight_schedule = {.kind = training::ScheduleKind::kCosine,
                                        .learning_rate = 0.025,
                                        .learning_rate_min = 0.001,
                                        .milestones = {},
                                        .factor = 0.1,
                                        .interval = 50};
  double gradient_norm_limit = 5.0;  ///< of the weights
  training::Loss restoration_loss = training::Loss::kMse;
  training::OptimizerSettings architecture_optimizer = {
      .kind = training::OptimizerKind::kAdam, .beta1 = 0.5, .beta2 = 0.999, .weight_decay = 1e-3};
  training::Schedule architecture_schedule = {.kind = training::ScheduleKind::kConstant,
                                              .learning_rate = 3e-4};
  /// Second order: of the central difference, over |dL_val/dw'| (Liu et al. 2019, 2.3).
  double second_order_radius = 0.01;
  ArchitectureBatchNorm architecture_batch_norm = ArchitectureBatchNorm::kEvaluation;
  ArchitectureLossOptions losses;
  std::vector<std::array<double, 2>> costs;  ///< L_Comp's C^p, C^f per position; empty: .7 and .3
  training::Precision precision = training::Precision::kFloat32;
  training::Layout layout = training::Layout::kChannelsLast;
  std::int64_t candidates = 50;  ///< random, evolution: architectures that are scored
  std::int64_t population = 20;  ///< evolution
  std::int64_t tournament = 5;   ///< evolution: of so many the best becomes parent
  bool shared_weights = true;    ///< random, evolution, exhaustive: train a supernet by paths first
  std::uint64_t seed = 0;        ///< random choices of paths and candidates
};

/// What holds for any space. \throws std::invalid_argument naming the first impossible value
void validate(const SearchOptions& options);

/// \throws std::invalid_argument naming the first impossible or contradictory value
void validate(const SearchOptions& options, const SearchSpace& space);

}  // namespace bench::clearer
