#include "stages/exchange/settings.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/stages/exchange/every_option.h"

namespace bench::exchange {
namespace {

TEST(Settings, OfEveryKindReadBackAsTheyWereWritten) {
  const TaskSettings task{.id = "derain",
                          .channels = 3,
                          .degradation = {.kind = "rain"},
                          .train = {.set = "embedded-leaves", .split = "train", .count = 40},
                          .test = {{.set = "rain100h", .split = "test-20"}}};
  SearchStage search{.task = task,
                     .space = space_of_every_option(),
                     .search = search_of_every_option(),
                     .seed = 3};
  search.search.weights.steps = 7;
  search.search.weights.steps_per_epoch = 2;
  const TrainStage train{
      .task = task,
      .network = {.kind = "method", .method = "dncnn", .options = {{"depth", 8}}},
      .recipe = {.name = "fast", .steps = 300, .steps_per_epoch = 50, .milestones = {100, 200}},
      .seed = ~std::uint64_t{0}};
  const EvaluateStage evaluate{.task = task, .network = {}, .protocols = {"psnr(space=rgb)"}};
  const ProfileStage profile{
      .network = {.architecture = "PF|FF|FP", .weights_file = "a.pth", .weights_sha256 = "12ab"},
      .channels = 3,
      .step = "search",
      .strategy = "joint"};

  EXPECT_EQ(parse_prepare_stage(to_json(PrepareStage{task})), PrepareStage{task});
  EXPECT_EQ(parse_search_stage(to_json(search)), search);
  EXPECT_EQ(parse_train_stage(to_json(train)), train);
  EXPECT_EQ(parse_evaluate_stage(to_json(evaluate)), evaluate);
  EXPECT_EQ(parse_profile_stage(to_json(profile)), profile);
}

// What the tests of readers and writers compare with leaves no option at its default.
TEST(Settings, OfEveryOptionDifferFromTheDefaults) {
  const auto parts = [](const SearchStage& stage) {
    const auto all = nlohmann::json::parse(to_json(stage));
    return std::pair{all.at("space"), all.at("search")};
  };
  const auto [space, search] =
      parts({.space = space_of_every_option(), .search = search_of_every_option()});
  const auto [default_space, default_search] = parts({});
  ASSERT_EQ(space.size(), default_space.size());
  for (const auto& [key, value] : space.items()) EXPECT_NE(value, default_space.at(key)) << key;
  for (const auto& [key, value] : search.items()) {
    if (key == "weights") continue;
    EXPECT_TRUE(!default_search.contains(key) || value != default_search.at(key)) << key;
  }
}

// A stage that was stored before there was such a key has the same key as one that leaves it alone.
TEST(Settings, KeysThatCameLaterStandInTheTextOnlyWhereTheyDiffer) {
  const std::string plain = to_json(TrainStage{}) + to_json(ProfileStage{});
  const std::string searched = to_json(SearchStage{});
  for (const char* key : {"steps_per_epoch", "second_order_radius", "\"step\"", "weights_key"}) {
    EXPECT_EQ((plain + searched).find(key), std::string::npos) << key;
  }
  EXPECT_EQ(parse_search_stage(searched), SearchStage{});
  SearchStage changed;
  changed.search.second_order_radius = 0.02;
  changed.search.weights.steps_per_epoch = 10;
  EXPECT_NE(to_json(changed).find("\"second_order_radius\":0.02"), std::string::npos);
  EXPECT_EQ(parse_search_stage(to_json(changed)), changed);
  EvaluateStage keyed;
  keyed.network.weights_key = "params_ema";
  EXPECT_EQ(parse_evaluate_stage(to_json(keyed)), keyed);
  RestoreStage restored;
  restored.weights_key = "params_ema";
  EXPECT_EQ(parse_restore_stage(to_json(restored)), restored);
  EXPECT_EQ(to_json(RestoreStage{}).find("weights_key"), std::string::npos);
}

TEST(Settings, AMissingKeyIsNamed) {
  try {
    parse_prepare_stage("{}");
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("task"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace bench::exchange
