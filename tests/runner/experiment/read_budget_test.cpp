#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/plan/plan.h"
#include "tests/runner/example_experiment.h"

/// What profile and contestant say together: merged, checked against each other, passed on.
namespace bench::runner {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

const ContestantBudget& searched(const Experiment& experiment) {
  return experiment.profiles.at("quick").contestants.at("searched");
}

std::string refusal_with(const std::string& pointer, const json& value) {
  json content = example_experiment();
  content[json::json_pointer(pointer)] = value;
  return refusal_of(content.dump(2));
}

// The example's contestant number 1 is searched, in a space of 3 channels and 2 cells.
json with_search(const json& changes) {
  json content = example_experiment();
  content["contestants"][1]["search"] = changes;
  return content;
}

// That each option reaches its member is the tables' business: tests/stages/exchange/tables_test.
TEST(ReadBudget, ChangesOnlyWhatTheContestantNames) {
  json content = with_search({{"strategy", "evolution"},
                              {"population", 4},
                              {"tournament", 2},
                              {"weights", {{"steps", 7}}}});
  content["contestants"][1]["space"] = {{"modules", {2, 1, 2, 3}}, {"branches", 2}};
  const auto experiment = read_example(content);
  const SearchSpace space{.channels = {4, 8, 16},
                          .modules = {2, 1, 2, 3},
                          .branches = 2,
                          .initialization = clearer::Initialization::kKaiming};
  EXPECT_EQ(searched(experiment).space, space);
  EXPECT_EQ(experiment.profiles.at("quick").contestants.at("fusion").space.branches, 3)
      << "as many as channels, where nothing is said";
  const SearchOptions search{.strategy = clearer::StrategyKind::kEvolution,
                             .weights = {.steps = 7,
                                         .batch = 2,
                                         .patch = 16,
                                         .optimizer = {.kind = training::OptimizerKind::kSgd}},
                             .warm_up_fraction = 0.5,
                             .population = 4,
                             .tournament = 2};
  EXPECT_EQ(searched(experiment).search, search);
}

TEST(ReadBudget, ReachesBothOptimizersAndTheRadiusOfTheSecondOrder) {
  const auto search = searched(read_example(with_search({{"strategy", "darts-second-order"},
                                                         {"second_order_radius", 0.05},
                                                         {"architecture_beta1", 0.4},
                                                         {"architecture_weight_decay", 0.002},
                                                         {"weights",
                                                          {{"steps", 20},
                                                           {"optimizer", "adam"},
                                                           {"beta1", 0.8},
                                                           {"beta2", 0.99},
                                                           {"weight_decay", 0.004},
                                                           {"gradient_norm_limit", 2.5},
                                                           {"learning_rate", 0.1},
                                                           {"learning_rate_min", 0.001},
                                                           {"schedule", "exponential"},
                                                           {"steps_per_epoch", 5}}}})))
                          .search;
  EXPECT_EQ(search.second_order_radius, 0.05);
  EXPECT_EQ(search.architecture_optimizer.beta1, 0.4);
  EXPECT_EQ(search.architecture_optimizer.weight_decay, 0.002);
  EXPECT_EQ(search.weights.optimizer.beta1, 0.8);
  EXPECT_EQ(search.weights.optimizer.beta2, 0.99);
  EXPECT_EQ(search.weights.optimizer.weight_decay, 0.004);
  EXPECT_EQ(search.weights.gradient_norm_limit, 2.5);
  EXPECT_EQ(search.weights.schedule.kind, training::ScheduleKind::kExponential);
  EXPECT_EQ(search.weights.schedule.steps_per_epoch, 5);
}

TEST(ReadBudget, NamesThePlaceOfAnImpossibleSpace) {
  EXPECT_THAT(refusal_with("/profiles/quick/space/modules", {2}),
              HasSubstr("profiles.quick.space.modules: expected 2 to 17 module counts: the stem, "
                        "then at least one cell, found [2]"));
  EXPECT_THAT(refusal_with("/profiles/quick/space/channels/1", 0),
              HasSubstr("profiles.quick.space.channels[1]: expected a whole number from 1"));
  EXPECT_THAT(refusal_with("/profiles/quick/space/branches", 4),
              HasSubstr("profiles.quick.space.branches: expected at most as many branches as "
                        "\"channels\" has entries, 3 for 4"));
  EXPECT_THAT(refusal_with("/contestants/1/space", {{"modules", {1, 2}}, {"branches", 3}}),
              HasSubstr("contestants[1].space.branches: expected a cell for each branch but the "
                        "first: \"modules\" has 1 cells for 3 branches"));
  EXPECT_THAT(refusal_with("/profiles/quick/space/modules", {1, 2}),
              HasSubstr("profiles.quick.space: expected as many \"modules\""));
  for (const char* letters : {"PF|F", "PF|FP|F", "PFFP", "PX|FP", ""}) {
    EXPECT_THAT(refusal_with("/contestants/3/architecture", letters),
                HasSubstr("contestants[3].architecture: expected"))
        << letters;
  }
}

TEST(ReadBudget, NamesThePatchThatIsTooSmallForTheDeepestBranch) {
  EXPECT_THAT(refusal_with("/profiles/quick/train", {{"steps", 1}, {"patch", 4}}),
              HasSubstr("profiles.quick.train.patch: expected a whole number from 8"));
  // 8 pixels at a quarter of the resolution are 2 x 2 values: enough. At an eighth, one is left.
  json content = example_experiment();
  content["profiles"]["quick"]["train"] = {{"steps", 1}, {"batch", 1}, {"patch", 8}};
  content["profiles"]["quick"]["train_by_task"] = json::object();
  EXPECT_EQ(refusal_of(content.dump()), "");
  content["profiles"]["quick"]["space"] = {{"channels", {4, 4, 4, 4}}, {"modules", {1, 2, 2, 1}}};
  content["contestants"][3]["architecture"] = "PF|FP|F";
  EXPECT_THAT(
      refusal_of(content.dump(2)),
      HasSubstr("profiles.quick.train.patch: expected patches whose coarsest resolution (1/8 "
                "of 8 pixels) has more than one value per channel to normalize (use "
                "larger patches or a larger batch), found 8"));
  content["contestants"][2]["train"] = {{"batch", 2}};
  content["contestants"][3]["train"] = {{"batch", 2}};
  content["contestants"][1]["train"] = {{"patch", 8}};
  EXPECT_THAT(refusal_of(content.dump(2)), HasSubstr("contestants[1].train.patch: expected"));
  content["contestants"][1]["train"] = {{"patch", 16}};
  EXPECT_EQ(refusal_of(content.dump()), "");
  content["profiles"]["quick"]["search"]["weights"]["patch"] = 8;
  content["profiles"]["quick"]["search"]["weights"]["batch"] = 1;
  EXPECT_THAT(refusal_of(content.dump(2)),
              HasSubstr("profiles.quick.search.weights.patch: expected patches"));
}

TEST(ReadBudget, RefusesTheTestSplitUnlessAskedForByItsName) {
  const std::string refusal = refusal_with("/profiles/quick/search/architecture_data", "test");
  EXPECT_THAT(refusal, HasSubstr("profiles.quick.search.architecture_data: expected"));
  EXPECT_THAT(refusal, HasSubstr("or \"test-split-as-released\""));
  EXPECT_EQ(searched(read_example(example_experiment())).search.architecture_data,
            clearer::ArchitectureData::kTrainingHalf);
}

TEST(ReadBudget, RefusesAnExhaustiveSearchOfTooMany) {
  json content = with_search({{"strategy", "exhaustive"}});
  EXPECT_EQ(refusal_of(content.dump()), "");
  content["contestants"][1]["space"] = {{"modules", {1, 6, 7}}};
  EXPECT_THAT(refusal_of(content.dump(2)),
              HasSubstr("contestants[1].search.strategy: expected another strategy for 13 searched "
                        "modules, because an exhaustive search allows at most 12"));
}

TEST(ReadBudget, NeedsNoRecipeForWhatIsOnlySearched) {
  json content = example_experiment();
  content["contestants"] = {content["contestants"][0], content["contestants"][1]};
  content["contestants"][1]["trained"] = false;
  content.erase("claims");
  content["profiles"]["quick"].erase("train");
  content["profiles"]["quick"].erase("train_by_task");
  const auto experiment = read_example(content);
  EXPECT_TRUE(searched(experiment).train.empty());
  const auto plan = make_plan(experiment, profile_of(experiment, "quick"), experiment.seeds);
  std::vector<std::string> kinds;
  for (const auto& stage : plan.stages) kinds.push_back(stage.kind);
  EXPECT_THAT(kinds, ElementsAre("prepare", "prepare", "search", "search", "evaluate", "evaluate"))
      << "two searches, and the degraded input of two tasks";
  content["contestants"][1]["tasks"] = {"denoise"};
  EXPECT_THAT(refusal_of(content.dump(2)),
              HasSubstr("contestants[1].tasks: expected no \"tasks\" with \"trained\": false"));
}

}  // namespace
}  // namespace bench::runner
