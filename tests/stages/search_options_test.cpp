#include "stages/search_options.h"

#include <gtest/gtest.h>

#include "clearer/network/cost.h"
#include "stages/network.h"
#include "tests/stages/exchange/every_option.h"

namespace bench::stages {
namespace {

using exchange::SearchStage;
using exchange::SpaceSettings;

TEST(SearchSpaceOf, PassesEveryOptionOn) {
  const clearer::SearchSpace expected{.image_channels = 3,
                                      .channels = {4, 8, 16},
                                      .modules = {2, 1, 2, 3},
                                      .branches = 2,
                                      .stem = clearer::Stem::kParallel,
                                      .head = clearer::Head::kConvolution3x3,
                                      .order = clearer::ModuleOrder::kCellFirst,
                                      .cross_scale_fusion = false,
                                      .global_residual = true,
                                      .normalization = clearer::Normalization::kInstance,
                                      .upsampling = clearer::Upsampling::kBilinear,
                                      .initialization = clearer::Initialization::kKaiming};
  EXPECT_EQ(search_space_of(exchange::space_of_every_option(), 3), expected);
}

TEST(SearchSpaceOf, IsTheReleasedSpaceByDefault) {
  EXPECT_EQ(search_space_of({}, 1), clearer::SearchSpace{});
}

TEST(SearchSpaceOf, ZeroesTheLastConvolutionWhereItIsAddedToTheInput) {
  const auto initialization = [](const char* name, bool residual) {
    SpaceSettings settings;
    settings.initialization = name;
    settings.global_residual = residual;
    return search_space_of(settings, 1).initialization;
  };
  using clearer::Initialization;
  EXPECT_EQ(initialization("kaiming", true), Initialization::kKaimingLastZeroed);
  EXPECT_EQ(initialization("kaiming", false), Initialization::kKaiming);
  EXPECT_EQ(initialization("kaiming-last-zeroed", false), Initialization::kKaimingLastZeroed);
  EXPECT_EQ(initialization("kaiming-plain", true), Initialization::kKaiming);
  EXPECT_EQ(initialization("released", true), Initialization::kReleased);
}

TEST(SearchOptionsOf, PassesEveryOptionOn) {
  SearchStage stage{.search = exchange::search_of_every_option(), .seed = 7};
  stage.search.weights.steps = 120;
  stage.search.weights.steps_per_epoch = 30;
  const clearer::SearchSpace space;
  const auto options = search_options_of(stage, space);
  EXPECT_EQ(options.strategy, clearer::StrategyKind::kEvolution);
  EXPECT_EQ(options.semantics, clearer::SupernetSemantics::kAsReleased);
  EXPECT_EQ(options.epochs * options.steps_per_epoch, 120);
  EXPECT_EQ(options.warmup_fraction, 0.25);
  EXPECT_EQ(options.image_budget, 1000);
  EXPECT_EQ(options.weight_steps_per_architecture_step, 3);
  EXPECT_EQ(options.architecture_optimizer.kind, training::OptimizerKind::kSgd);
  EXPECT_EQ(options.architecture_optimizer.momentum, 0.75);
  EXPECT_EQ(options.architecture_optimizer.beta1, 0.25);
  EXPECT_EQ(options.architecture_optimizer.beta2, 0.875);
  EXPECT_EQ(options.architecture_optimizer.weight_decay, 0.0625);
  EXPECT_EQ(options.architecture_schedule.kind, training::ScheduleKind::kCosine);
  EXPECT_EQ(options.architecture_schedule.learning_rate, 0.5);
  EXPECT_EQ(options.architecture_schedule.learning_rate_min, 0.125);
  EXPECT_EQ(options.architecture_schedule.interval, 20);
  EXPECT_EQ(options.weight_schedule.interval, 30);
  EXPECT_EQ(options.second_order_radius, 0.5);
  EXPECT_EQ(options.architecture_batch_norm, clearer::ArchitectureBatchNorm::kTraining);
  EXPECT_EQ(options.losses.form, clearer::EntropyForm::kAsReleased);
  EXPECT_EQ(options.losses.sign, clearer::EntropySign::kPlus);
  EXPECT_EQ(options.losses.lambda1, 0.5);
  EXPECT_EQ(options.losses.lambda2, 2);
  EXPECT_EQ(options.costs, clearer::position_costs(space, clearer::CostKind::kParameters));
  EXPECT_EQ(options.candidates, 9);
  EXPECT_EQ(options.population, 4);
  EXPECT_EQ(options.tournament, 2);
  EXPECT_FALSE(options.shared_weights);
  EXPECT_EQ(options.seed, 7U);
}

TEST(SearchOptionsOf, LeavesMeasuredCostsToTheStage) {
  SearchStage stage;
  stage.search.weights.steps = 10;
  stage.search.complexity_cost = "latency";
  EXPECT_TRUE(search_options_of(stage, {}).costs.empty());
}

}  // namespace
}  // namespace bench::stages
