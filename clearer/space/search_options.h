#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "clearer/space/search_space.h"
#include "core/text/choices.h"
#include "training/recipe/recipe.h"

/// How an architecture is searched, as plain values. The members' initializers are the defaults of
/// experiment files; what `train_search.py` as released had is said by the recipes of experiments.
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
constexpr auto choices_of(StrategyKind) {
  return std::to_array<text::Choice<StrategyKind>>(
      {{StrategyKind::kClearer, "clearer"},
       {StrategyKind::kDartsFirstOrder, "darts-first-order"},
       {StrategyKind::kDartsSecondOrder, "darts-second-order"},
       {StrategyKind::kJoint, "joint"},
       {StrategyKind::kRandom, "random"},
       {StrategyKind::kEvolution, "evolution"},
       {StrategyKind::kExhaustive, "exhaustive"}});
}

/// Whether it scores candidates one by one; else it descends gradients of a relaxed supernet.
constexpr bool scores_candidates(StrategyKind strategy) {
  return strategy == StrategyKind::kRandom || strategy == StrategyKind::kEvolution ||
         strategy == StrategyKind::kExhaustive;
}

/// The most modules of which an exhaustive search takes every architecture: 4,096 of them.
inline constexpr std::int64_t kMostExhaustiveModules = 12;

/// What the fusion candidate of a searched position is given.
enum class SupernetSemantics : std::uint8_t {
  kPaper,       ///< the position's input: a_p P(y) + a_f F(y), Eq. (1)
  kAsReleased,  ///< the parallel candidate's output: a_p P(y) + a_f F(P(y)) (deviation Q1)
};
constexpr auto choices_of(SupernetSemantics) {
  return std::to_array<text::Choice<SupernetSemantics>>(
      {{SupernetSemantics::kPaper, "paper"}, {SupernetSemantics::kAsReleased, "as-released"}});
}

/// What architecture steps and candidates are judged on.
enum class ArchitectureData : std::uint8_t {
  kTrainingHalf,         ///< the half of the training images that the weights do not see
  kTestSplitAsReleased,  ///< test data, as the released deraining code (deviation Q8)
};
constexpr auto choices_of(ArchitectureData) {
  return std::to_array<text::Choice<ArchitectureData>>(
      {{ArchitectureData::kTrainingHalf, "training-half"},
       {ArchitectureData::kTestSplitAsReleased, "test-split-as-released"}});
}

/// Statistics that batch normalization uses in the architecture step.
enum class ArchitectureBatchNorm : std::uint8_t {
  kEvaluation,  ///< running statistics, as released (deviation Q7)
  kTraining,    ///< of the batch, as DARTS
};
constexpr auto choices_of(ArchitectureBatchNorm) {
  return std::to_array<text::Choice<ArchitectureBatchNorm>>(
      {{ArchitectureBatchNorm::kEvaluation, "eval"}, {ArchitectureBatchNorm::kTraining, "train"}});
}

enum class EntropyForm : std::uint8_t {
  kPaper,       ///< natural logarithm, sum over both candidates divided by the positions N
  kAsReleased,  ///< decimal logarithm, mean over all 2 N entries: 1 / (2 ln 10) of the paper's
};
constexpr auto choices_of(EntropyForm) {
  return std::to_array<text::Choice<EntropyForm>>(
      {{EntropyForm::kPaper, "natural-log"}, {EntropyForm::kAsReleased, "log10-mean"}});
}

/// Which sign L_Arch carries before its sum of a log a + (1 - a) log(1 - a). A file has its number.
enum class EntropySign : std::int8_t {
  kMinus = -1,  ///< the published equation: pushes the probabilities to 0 or 1
  kNone = 0,    ///< no such term
  kPlus = 1,    ///< as first submitted: pushes them to 1/2
};

/// What L_Comp counts.
enum class ComplexityCost : std::uint8_t {
  kConstants,   ///< .7 and .3 everywhere, as released
  kParameters,  ///< of the modules
  kMacs,
  kLatency,  ///< measured when the search begins
};
constexpr auto choices_of(ComplexityCost) {
  return std::to_array<text::Choice<ComplexityCost>>({{ComplexityCost::kConstants, "constants"},
                                                      {ComplexityCost::kParameters, "parameters"},
                                                      {ComplexityCost::kMacs, "macs"},
                                                      {ComplexityCost::kLatency, "latency"}});
}

/// The two terms that only the architecture sees (rebuttal R4Q3).
struct ArchitectureLossOptions {
  EntropyForm architecture_loss_form = EntropyForm::kPaper;
  EntropySign architecture_loss_sign = EntropySign::kMinus;
  double lambda_architecture = 0.01;  ///< lambda1, of L_Arch; as released, for its own form
  double lambda_complexity = 0;       ///< lambda2, of L_Comp; commented out in the released code
  friend bool operator==(const ArchitectureLossOptions&, const ArchitectureLossOptions&) = default;
};

/// C^p, C^f of each position.
using PositionCosts = std::vector<std::array<double, 2>>;

struct SearchOptions {
  StrategyKind strategy = StrategyKind::kClearer;
  SupernetSemantics semantics = SupernetSemantics::kPaper;
  training::Recipe weights;       ///< of the supernet's weights; its steps are those of the search
  double warm_up_fraction = 0.3;  ///< of the steps: weights only
  std::int64_t image_budget = 0;  ///< end once so many images were seen; 0: no such limit
  std::int64_t weight_steps_per_architecture_step = 1;  ///< more: a converged inner problem
  ArchitectureData architecture_data = ArchitectureData::kTrainingHalf;
  training::OptimizerSettings architecture_optimizer = {.beta1 = 0.5, .weight_decay = 1e-3};
  training::Schedule architecture_schedule = {.kind = training::ScheduleKind::kConstant,
                                              .learning_rate = 3e-4};
  /// Second order: of the central difference, over |dL_val/dw'| (Liu et al. 2019, 2.3).
  double second_order_radius = 0.01;
  ArchitectureBatchNorm architecture_batch_norm = ArchitectureBatchNorm::kEvaluation;
  ArchitectureLossOptions losses;
  ComplexityCost complexity_cost = ComplexityCost::kConstants;
  std::int64_t candidates = 50;  ///< random, evolution: architectures that are scored
  std::int64_t population = 20;  ///< evolution
  std::int64_t tournament = 5;   ///< evolution: of so many the best becomes parent
  bool shared_weights = true;    ///< random, evolution, exhaustive: train a supernet by paths first

  // What the stage knows and a file does not say.
  std::int64_t epochs = 60;  ///< the trajectory is kept at about so many places
  PositionCosts costs;       ///< of L_Comp; empty: .7 and .3
  std::uint64_t seed = 0;    ///< random choices of paths and candidates

  friend bool operator==(const SearchOptions&, const SearchOptions&) = default;
};

/// Weight steps between two places of the trajectory: the steps' largest divisor that gives at
/// least `epochs` of them, 1 where there are fewer steps.
std::int64_t steps_per_epoch(const SearchOptions& options);

/// What holds for any space. \throws std::invalid_argument naming the first impossible value
void validate(const SearchOptions& options);

/// \throws std::invalid_argument naming the first impossible or contradictory value
void validate(const SearchOptions& options, const SearchSpace& space);

}  // namespace bench::clearer
