#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>

#include "core/digest/sha256.h"
#include "core/json/bad_input.h"
#include "runner/carry_out/carry_out.h"
#include "runner/experiment/weights.h"
#include "runner/plan/plan.h"
#include "runner/study/describe.h"
#include "tests/runner/example_experiment.h"
#include "tests/temporary_folder.h"

/// Contestants that are not trained: from the file to the plan.
namespace bench::runner {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// A safetensors file of one number: the length of its header, the header, the number.
std::string weights_of(float value) {
  const std::string header = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  std::string bytes(8, '\0');
  bytes[0] = static_cast<char>(header.size());
  return bytes + header + std::string(reinterpret_cast<const char*>(&value), sizeof(value));
}

json with_weights(const json& weights) {
  json content = example_experiment();
  content["contestants"] = {{{"id", "given"}, {"kind", "network"}, {"method", "prenet"}},
                            {{"id", "degraded"}, {"kind", "degraded"}}};
  content["contestants"][0]["weights"] = weights;
  content.erase("claims");
  return content;
}

// Without what only a training needs.
json nothing_trained(const json& weights) {
  json content = with_weights(weights);
  auto& quick = content["profiles"]["quick"];
  for (const char* key : {"space", "search", "train", "train_by_task"}) quick.erase(key);
  for (const char* task : {"denoise", "derain"}) quick["data"][task].erase("train");
  return content;
}

TEST(GivenWeights, AreOneFileForAllTasksOrOneForEach) {
  const auto all = read_example(with_weights("a.safetensors")).contestants[0];
  EXPECT_EQ(all.weights.at("denoise").file, "a.safetensors");
  EXPECT_EQ(all.weights.at("derain").file, "a.safetensors");
  EXPECT_FALSE(is_trained(all));
  const auto each = read_example(with_weights({{"derain", "b.pth"}})).contestants[0];
  EXPECT_EQ(each.weights.at("derain").file, "b.pth");
  EXPECT_TRUE(takes_part(each, "derain"));
  EXPECT_FALSE(takes_part(each, "denoise"));
}

json architecture_with_weights(const json& weights) {
  json content = with_weights(weights);
  auto& given = content["contestants"][0];
  given.erase("method");
  given["kind"] = "architecture";
  given["architecture"] = "all-fusion";
  return content;
}

TEST(GivenWeights, MayBeThoseOfAnArchitecture) {
  auto experiment = read_example(architecture_with_weights("a.safetensors"));
  EXPECT_FALSE(is_trained(experiment.contestants[0]));
  for (auto& [task, given] : experiment.contestants[0].weights) given.sha256 = "12ab";
  std::vector<std::string> kinds;
  for (const auto& stage :
       make_plan(experiment, profile_of(experiment, "quick"), experiment.seeds).stages) {
    if (stage.contestant != "given") continue;
    kinds.push_back(stage.kind);
    const auto network = json::parse(stage.settings_json).at("network");
    EXPECT_EQ(network.at("kind"), "clearer");
    EXPECT_EQ(network.at("weights_file"), "a.safetensors");
    EXPECT_EQ(network.at("weights_sha256"), "12ab");
    EXPECT_EQ(network.at("architecture").get<std::string>().find('P'), std::string::npos);
  }
  EXPECT_THAT(kinds, ElementsAre("evaluate", "evaluate", "cost", "cost"));
}

TEST(GivenWeights, OfAnArchitectureExcludeATrainingAndChance) {
  const auto refusal = [](const char* key, const json& value) {
    json content = architecture_with_weights("a.safetensors");
    content["contestants"][0][key] = value;
    return refusal_of(content.dump(2));
  };
  EXPECT_THAT(refusal("train", {{"steps", 3}}), HasSubstr("not trained here"));
  EXPECT_THAT(refusal("recipe", "recipes/prenet.json"), HasSubstr("not trained here"));
  EXPECT_THAT(refusal("architecture", "random"),
              HasSubstr("a different architecture for each seed"));
  EXPECT_THAT(refusal("weights", "a.png"), HasSubstr(".safetensors or .pth"));
}

TEST(GivenWeights, OfSeveralDictionariesTheKeySaysWhich) {
  json content = with_weights("params_ema.pth");
  content["contestants"][0]["weights_key"] = "params_ema";
  auto experiment = read_example(content);
  EXPECT_EQ(experiment.contestants[0].weights.at("derain").key, "params_ema");
  const auto plan = make_plan(experiment, profile_of(experiment, "quick"), experiment.seeds);
  const auto is_evaluation = [](const auto& stage) {
    return stage.name.starts_with("evaluate given");
  };
  const auto stage = std::ranges::find_if(plan.stages, is_evaluation);
  ASSERT_NE(stage, plan.stages.end());
  EXPECT_EQ(json::parse(stage->settings_json).at("network").at("weights_key"), "params_ema");
  content["contestants"][0].erase("weights");
  EXPECT_THAT(refusal_of(content.dump(2)), HasSubstr("weights_key"));
}

// tests/reference/pth/README.md says what the file holds.
TEST(GivenWeights, ACheckpointOfTwoDictionariesNeedsAKey) {
  const tests::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "weights");
  std::filesystem::copy_file(std::string(BENCH_SOURCE_DIR) + "/tests/reference/pth/params_ema.pth",
                             folder.path() / "weights/params_ema.pth");
  auto experiment = read_example(with_weights("params_ema.pth"));
  try {
    find_weights(experiment, folder.path());
    FAIL() << "expected a refusal";
  } catch (const core::BadInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("\"params\", \"params_ema\""));
  }
  for (auto& [task, given] : experiment.contestants[0].weights) given.key = "params";
  EXPECT_NO_THROW(find_weights(experiment, folder.path()));
}

TEST(GivenWeights, NeedNeitherTrainingImagesNorARecipe) {
  const auto experiment = read_example(nothing_trained("a.safetensors"));
  EXPECT_EQ(experiment.profiles.at("quick").data.at("denoise").train.set, "");
  EXPECT_FALSE(needs_training_images(experiment, "denoise"));
  json trained = nothing_trained("a.safetensors");
  trained["contestants"][0].erase("weights");
  EXPECT_THAT(refusal_of(trained.dump(2)), HasSubstr("expected the key \"train\""));
}

TEST(GivenWeights, ExcludeWhatOnlyATrainingHas) {
  const auto refusal = [](const char* key, const json& value) {
    json content = with_weights("a.safetensors");
    content["contestants"][0][key] = value;
    return refusal_of(content.dump(2));
  };
  EXPECT_THAT(refusal("options", {{"depth", 3}}), HasSubstr("with \"weights\""));
  EXPECT_THAT(refusal("train", {{"steps", 3}}), HasSubstr("not trained here"));
  EXPECT_THAT(refusal("recipe", "recipes/prenet.json"), HasSubstr("not trained here"));
  EXPECT_THAT(refusal("method", "dncnn"), HasSubstr("a method of fixed size"));
  EXPECT_THAT(refusal("weights", "folder/a.safetensors"), HasSubstr("contestants[0].weights"));
  EXPECT_THAT(refusal("weights", "a.png"), HasSubstr(".safetensors or .pth"));
  EXPECT_THAT(refusal("weights", json::object()), HasSubstr("at least one task"));
  EXPECT_THAT(refusal("weights", {{"derian", "a.pth"}}), HasSubstr("did you mean \"derain\"?"));
}

TEST(GivenWeights, ArePlannedAsOneEvaluationATask) {
  const auto experiment = read_example(nothing_trained("a.safetensors"));
  std::vector<std::string> names;
  for (const auto& stage :
       make_plan(experiment, profile_of(experiment, "quick"), experiment.seeds).stages) {
    names.push_back(stage.name);
    EXPECT_EQ(stage.seed, 0U) << stage.name;
  }
  EXPECT_THAT(names, ElementsAre("prepare denoise", "prepare derain", "evaluate given on denoise",
                                 "evaluate given on derain", "evaluate degraded on denoise",
                                 "evaluate degraded on derain", "cost of given on denoise",
                                 "cost of given on derain"));
}

TEST(GivenWeights, DecideTheSettingsByTheirContent) {
  auto experiment = read_example(nothing_trained("a.safetensors"));
  for (auto& [task, given] : experiment.contestants[0].weights) given.sha256 = "12ab";
  for (const auto& stage :
       make_plan(experiment, profile_of(experiment, "quick"), experiment.seeds).stages) {
    if (stage.contestant != "given") continue;
    const auto network = json::parse(stage.settings_json).at("network");
    EXPECT_EQ(network.at("method"), "prenet");
    EXPECT_EQ(network.at("weights_file"), "a.safetensors");
    EXPECT_EQ(network.at("weights_sha256"), "12ab");
  }
}

TEST(GivenWeights, AreNamedInTheReport) {
  auto experiment = read_example(nothing_trained("a.safetensors"));
  for (auto& [task, given] : experiment.contestants[0].weights) {
    given.sha256 = std::string(64, 'e');
  }
  EXPECT_EQ(contestant_facts(experiment.contestants[0], {}).recipe,
            "given weights: a.safetensors (SHA-256 eeeeeeeeeeee)");
  const auto& task = experiment.tasks[0];
  const auto& data = experiment.profiles.at("quick").data.at("denoise");
  EXPECT_THAT(task_facts(task, data, {}).data, HasSubstr("nothing is trained; tested on"));
}

// What `bench run` does before it starts anything.
struct GivenWeightsCheck : testing::Test {
  GivenWeightsCheck() { ::setenv("BENCH_DATA_DIR", folder.path().c_str(), 1); }
  ~GivenWeightsCheck() override { ::unsetenv("BENCH_DATA_DIR"); }

  std::unique_ptr<CheckedRun> checked() const { return check({.experiment_file = file}); }
  std::string refusal() const {
    try {
      checked();
      return "";
    } catch (const core::BadInput& error) {
      return error.what();
    }
  }

  tests::TemporaryFolder folder;
  std::filesystem::path file =
      folder.write("experiments/x.json", nothing_trained("a.safetensors").dump(2));
};

TEST_F(GivenWeightsCheck, SaysWhatIsMissingWhatForAndHowToGetIt) {
  EXPECT_THAT(
      refusal(),
      AllOf(HasSubstr((folder.path() / "weights/a.safetensors").lexically_normal().string()),
            HasSubstr("weights of prenet for contestant \"given\""), HasSubstr("csdwren/PReNet"),
            HasSubstr("BENCH_DATA_DIR")));
  folder.write("weights/a.safetensors", "no weights");
  EXPECT_THAT(refusal(), HasSubstr("a.safetensors"));
}

TEST_F(GivenWeightsCheck, OfAnArchitectureSayWhereSuchAFileComesFrom) {
  file = folder.write("experiments/x.json", architecture_with_weights("b.safetensors").dump(2));
  EXPECT_THAT(refusal(), AllOf(HasSubstr("weights of architecture all-fusion for contestant"),
                               HasSubstr("artifacts/model.safetensors")));
}

TEST_F(GivenWeightsCheck, TakesTheDigestOfTheContentIntoTheRun) {
  folder.write("weights/a.safetensors", weights_of(1));
  const auto first = checked();
  const auto& given = first->experiment.contestants[0].weights.at("derain");
  EXPECT_EQ(given.sha256, digest::sha256_hex(weights_of(1)));
  EXPECT_EQ(checked()->run_id, first->run_id);
  folder.write("weights/a.safetensors", weights_of(2));
  EXPECT_NE(checked()->run_id, first->run_id);
}

}  // namespace
}  // namespace bench::runner
