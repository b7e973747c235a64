#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "runner/plan/plan.h"
#include "stages/exchange/settings.h"
#include "tests/runner/example_experiment.h"

namespace bench::runner {
namespace {

using testing::Contains;
using testing::Not;

Plan plan_of(const Experiment& experiment) {
  return make_plan(experiment, profile_of(experiment, experiment.default_profile),
                   experiment.seeds);
}

std::map<std::string, std::size_t> counts(const Plan& plan) {
  std::map<std::string, std::size_t> counts;
  for (const auto& stage : plan.stages) ++counts[stage.kind];
  return counts;
}

const PlannedStage& named(const Plan& plan, const std::string& name) {
  for (const auto& stage : plan.stages) {
    if (stage.name == name) return stage;
  }
  throw std::runtime_error("no stage " + name);
}

Experiment derain_transfer() {
  return read_experiment(std::filesystem::path(BENCH_SOURCE_DIR) / "experiments" /
                         "derain_transfer.json");
}

// 2 tasks; 3 seeds; 8 contestants: the degraded input, 2 searched, 3 fixed and 1 random
// architecture, 1 network.
TEST(MakePlan, HasTheStagesOfTheDerainTransferStudy) {
  const Plan plan = plan_of(derain_transfer());
  const std::map<std::string, std::size_t> expected = {
      {"prepare", 2},
      {"search", 2 * 3},
      {"train", 7 * 2 * 3},
      {"evaluate", 7 * 2 * 3 + 2},  // what is not trained, once a task
      {"cost", 3 * 2 * 3 + 4 * 2},  // an architecture of each seed where it has one
  };
  EXPECT_EQ(counts(plan), expected);
}

TEST(MakePlan, PutsEachStageAfterWhatItNeedsUnderANameOfItsOwn) {
  for (const auto& experiment : {derain_transfer(), read_example(example_experiment())}) {
    const Plan plan = plan_of(experiment);
    std::set<std::string> names;
    for (std::size_t i = 0; i < plan.stages.size(); ++i) {
      for (const auto input : needed_by(plan.stages[i])) EXPECT_LT(input, i);
      EXPECT_TRUE(names.insert(plan.stages[i].name).second) << plan.stages[i].name;
      EXPECT_GT(plan.stages[i].estimated_seconds, 0);
    }
  }
}

TEST(MakePlan, SearchesBeforeItTrains) {
  const Plan plan = plan_of(derain_transfer());
  const auto last_search = std::find_if(plan.stages.rbegin(), plan.stages.rend(),
                                        [](const auto& stage) { return stage.kind == "search"; });
  const auto first_train = std::find_if(plan.stages.begin(), plan.stages.end(),
                                        [](const auto& stage) { return stage.kind == "train"; });
  EXPECT_LT(last_search.base() - plan.stages.begin(), first_train - plan.stages.begin() + 1);
}

TEST(MakePlan, LeavesOutTasksInWhichAContestantTakesNoPart) {
  const Plan plan = plan_of(read_example(example_experiment()));
  std::vector<std::string> names;
  for (const auto& stage : plan.stages) names.push_back(stage.name);
  EXPECT_THAT(names, Contains("evaluate bm3d on denoise"));
  EXPECT_THAT(names, Not(Contains("evaluate bm3d on derain")));
  EXPECT_THAT(names, Contains("train mixed on derain, seed 2"));
  EXPECT_THAT(names, Not(Contains("train mixed on denoise, seed 2")));
}

TEST(MakePlan, GivesEachStageItsSettings) {
  const Plan plan = plan_of(read_example(example_experiment()));
  const auto train =
      exchange::parse_train_stage(named(plan, "train dncnn on derain, seed 2").settings_json);
  EXPECT_EQ(train.seed, 2U);
  EXPECT_EQ(train.recipe.steps, 20);
  EXPECT_EQ(train.recipe.schedule.learning_rate, 5e-3);
  EXPECT_EQ(train.network.method, "dncnn");
  EXPECT_EQ(train.task.test.at(0).split, "test");
  const auto fusion =
      exchange::parse_train_stage(named(plan, "train fusion on denoise, seed 1").settings_json);
  EXPECT_EQ(fusion.network.architecture, "FF|FF");
  const auto search =
      exchange::parse_search_stage(named(plan, "search searched on denoise, seed 1").settings_json);
  EXPECT_EQ(search.search.weights.steps, 6);
}

/// The profile with no value of machine, cost and recipes left as it is by default.
Profile unusual(Profile profile) {
  using training::OptimizerKind, training::ScheduleKind;
  profile.machine = {.device = exchange::Device::kCuda,
                     .threads = 3,
                     .precision = training::Precision::kBfloat16,
                     .layout = training::Layout::kNchw};
  profile.cost = {.height = 24, .width = 40, .repetitions = 7};
  profile.keep_images = 5;
  profile.test_noise = TestNoise::kEachSeed;
  const auto change = [](training::Recipe& recipe) {
    recipe.supervision = training::Supervision::kLastOutput;
    recipe.optimizer = {.kind = OptimizerKind::kSgd, .momentum = 0.7, .weight_decay = 0.25};
    recipe.schedule = {.kind = ScheduleKind::kPolynomial, .learning_rate = 0.3, .power = 3};
    recipe.gradient_norm_limit = 0.5;
    recipe.augmentation = training::Augmentation::kNone;
  };
  for (auto& [id, budget] : profile.contestants) {
    budget.space.channels.front() += 1;
    budget.search.architecture_optimizer.weight_decay = 0.125;
    budget.search.losses.lambda_complexity = 0.75;
    change(budget.search.weights);
    for (auto& [task, recipe] : budget.train) change(recipe);
  }
  return profile;
}

/// What each kind of stage takes over of its profile, whole.
void expect_handed_on(const PlannedStage& stage, const Profile& profile) {
  const auto data = [&](const exchange::TaskSettings& task) {
    EXPECT_EQ(task.train, profile.data.at(stage.task).train);
    EXPECT_EQ(task.test, profile.data.at(stage.task).test);
  };
  if (stage.kind == "prepare") {
    data(exchange::parse_prepare_stage(stage.settings_json).task);
    return;
  }
  const auto& budget = profile.contestants.at(stage.contestant);
  if (stage.kind == "search") {
    const auto settings = exchange::parse_search_stage(stage.settings_json);
    data(settings.task);
    EXPECT_EQ(settings.search, budget.search);
    EXPECT_EQ(settings.space, budget.space);
    EXPECT_EQ(settings.machine, profile.machine);
    EXPECT_EQ(settings.seed, stage.seed);
  } else if (stage.kind == "train") {
    const auto settings = exchange::parse_train_stage(stage.settings_json);
    data(settings.task);
    EXPECT_EQ(settings.recipe, budget.train.at(stage.task));
    EXPECT_EQ(settings.machine, profile.machine);
    EXPECT_EQ(settings.seed, stage.seed);
  } else if (stage.kind == "evaluate") {
    const auto settings = exchange::parse_evaluate_stage(stage.settings_json);
    data(settings.task);
    EXPECT_EQ(settings.machine, profile.machine);
    const bool noisy = settings.task.degradation.kind == "gaussian";
    EXPECT_EQ(settings.noise_seed, noisy ? stage.seed : 0);
  } else {
    const auto settings = exchange::parse_cost_stage(stage.settings_json);
    EXPECT_EQ((exchange::CostConditions{settings.height, settings.width, settings.repetitions}),
              profile.cost);
    EXPECT_EQ(settings.machine, profile.machine);
  }
}

TEST(MakePlan, HandsTheProfileOnWhole) {
  const auto experiment = read_example(example_experiment());
  const auto profile = unusual(profile_of(experiment, experiment.default_profile));
  std::set<std::string> kinds;
  for (const auto& stage : make_plan(experiment, profile, experiment.seeds).stages) {
    SCOPED_TRACE(stage.name);
    expect_handed_on(stage, profile);
    kinds.insert(stage.kind);
  }
  EXPECT_EQ(kinds.size(), 5u);
}

TEST(MakePlan, LeavesTheArchitectureOfASearchedContestantToItsSearch) {
  const Plan plan = plan_of(read_example(example_experiment()));
  const auto& train = named(plan, "train searched on derain, seed 2");
  ASSERT_EQ(train.inputs.size(), 2U);
  EXPECT_EQ(train.inputs[1].role, "search");
  EXPECT_EQ(plan.stages[train.inputs[1].stage].name, "search searched on denoise, seed 2");
  EXPECT_EQ(exchange::parse_train_stage(train.settings_json).network.architecture, "");
}

Experiment with_cells(const nlohmann::json& options,
                      const std::vector<std::string>& overrides = {}) {
  auto content = example_experiment();
  content["contestants"].push_back({{"id", "cells"},
                                    {"kind", "searched"},
                                    {"method", "darts"},
                                    {"searched_on", "denoise"},
                                    {"options", options},
                                    {"search", {{"strategy", "darts-second-order"}}}});
  return read_example(content, overrides);
}

TEST(MakePlan, SearchesTheSupernetOfAMethodAndTrainsWhatIsDerived) {
  const Plan plan =
      plan_of(with_cells({{"search_node_channels", 4}, {"node_channels", 8}, {"cells", 2}}));
  const auto search =
      exchange::parse_search_stage(named(plan, "search cells on denoise, seed 1").settings_json);
  EXPECT_EQ(search.method, "darts_cell");
  EXPECT_EQ(search.options,
            (std::map<std::string, double>{{"cells", 2}, {"search_node_channels", 4}}));
  EXPECT_EQ(search.search.strategy, clearer::StrategyKind::kDartsSecondOrder);
  EXPECT_EQ(search.search.weights.steps, 6);
  const auto& train = named(plan, "train cells on derain, seed 1");
  EXPECT_EQ(train.inputs.at(1).role, "search");
  const auto network = exchange::parse_train_stage(train.settings_json).network;
  EXPECT_EQ(network.kind, "network");
  EXPECT_EQ(network.method, "darts_cell");
  EXPECT_EQ(network.options, (std::map<std::string, double>{{"cells", 2}, {"node_channels", 8}}));
  named(plan, "cost of cells on derain, seed 2");
}

// Else another width of the trained network, or another lambda, would search the cells again.
TEST(MakePlan, KeepsOutOfASearchOfCellsWhatItDoesNotRead) {
  const auto search_of = [](const Experiment& experiment) {
    return named(plan_of(experiment), "search cells on denoise, seed 1").settings_json;
  };
  const auto before = search_of(with_cells({{"node_channels", 8}}));
  EXPECT_EQ(search_of(with_cells({{"node_channels", 16}})), before);
  EXPECT_EQ(search_of(with_cells({{"node_channels", 8}},
                                 {"profiles.quick.search.lambda_complexity=0.5"})),
            before);
}

TEST(MakePlan, TestsEveryContestantAndSeedOnTheSameImages) {
  const Plan plan = plan_of(derain_transfer());
  std::set<std::string> seen;
  for (const auto& stage : plan.stages) {
    if (stage.kind != "evaluate" || stage.task != "derain") continue;
    const auto settings = nlohmann::json::parse(stage.settings_json);
    seen.insert(settings["task"].dump() + settings["noise_seed"].dump() +
                settings["protocols"].dump());
  }
  EXPECT_EQ(seen.size(), 1U);
}

TEST(MakePlan, MeasuresTimeAlone) {
  for (const auto& stage : plan_of(derain_transfer()).stages) {
    EXPECT_EQ(stage.alone, stage.kind == "cost") << stage.name;
  }
}

TEST(MakePlan, KeepsImagesOfOneSeed) {
  const Plan plan = plan_of(read_example(example_experiment()));
  const auto kept = [&](const std::string& name) {
    return exchange::parse_evaluate_stage(named(plan, name).settings_json).keep_images;
  };
  EXPECT_EQ(kept("evaluate fusion on derain, seed 1"), 1);
  EXPECT_EQ(kept("evaluate fusion on derain, seed 2"), 0);
  EXPECT_EQ(kept("evaluate degraded on derain"), 1);
}

}  // namespace
}  // namespace bench::runner
