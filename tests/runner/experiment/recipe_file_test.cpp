#include "runner/experiment/recipe_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json/bad_input.h"
#include "runner/study/describe.h"
#include "tests/runner/example_experiment.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

using testing::HasSubstr;

const std::filesystem::path kExperiments = std::filesystem::path(BENCH_SOURCE_DIR) / "experiments";

const char* const kRecipe = R"json({
  "name": "published",
  "steps": 500,
  "patch": 20,
  "optimizer": "sgd",
  "source": "a paper",
  "from_memory": ["patch"]
})json";

/// The example with a recipe for its network, contestant 4, whose own `train` changes the rate.
struct WithRecipe {
  explicit WithRecipe(const std::string& recipe) { folder.write("recipes/own.json", recipe); }

  /// \param changes  whether the contestant's own `train` stays
  Experiment read(bool changes = true) const {
    auto content = example_experiment();
    content["contestants"][4]["recipe"] = "recipes/own.json";
    if (!changes) content["contestants"][4].erase("train");
    return read_experiment(folder.write("x.json", content.dump(2)));
  }

  std::string refusal() const {
    try {
      read();
    } catch (const core::BadInput& error) {
      return error.what();
    }
    return "";
  }

  tests::TemporaryFolder folder;
};

TEST(RecipeFile, ReplacesTheProfilesRecipeAndIsChangedByTheContestant) {
  const auto experiment = WithRecipe(kRecipe).read();
  const auto& budget = profile_of(experiment, "quick").contestants.at("dncnn");
  for (const char* task : {"denoise", "derain"}) {
    const auto& recipe = budget.train.at(task);
    EXPECT_EQ(recipe.name, "published");
    EXPECT_EQ(recipe.steps, 500) << "not the profile's 10, nor the task's 20";
    EXPECT_EQ(recipe.batch, Recipe{}.batch) << "not the profile's 2";
    EXPECT_EQ(recipe.optimizer.kind, training::OptimizerKind::kSgd);
    EXPECT_EQ(recipe.schedule.learning_rate, 5e-3) << "the contestant's train comes last";
  }
  EXPECT_EQ(profile_of(experiment, "quick").contestants.at("fusion").train.at("denoise").steps, 10);
}

TEST(RecipeFile, IsNamedInTheReportWithWhatIsFromMemory) {
  const WithRecipe files(kRecipe);
  const auto experiment = files.read();
  const auto facts_of = [&](std::size_t index) {
    const auto& contestant = experiment.contestants[index];
    return contestant_facts(contestant,
                            profile_of(experiment, "quick").contestants.at(contestant.id));
  };
  EXPECT_THAT(facts_of(4).recipe, HasSubstr("published recipe recipes/own.json (a paper; not "
                                            "verified: patch), modified: published: 500 steps"));
  EXPECT_THAT(facts_of(2).recipe, HasSubstr("common recipe: fast: 10 steps"));
  const auto as_it_stands = files.read(/*changes=*/false);
  const auto& contestant = as_it_stands.contestants[4];
  EXPECT_THAT(
      contestant_facts(contestant, profile_of(as_it_stands, "quick").contestants.at(contestant.id))
          .recipe,
      HasSubstr("not verified: patch): published: 500 steps"));
}

TEST(RecipeFile, DecidesTheRun) {
  const auto one = WithRecipe(kRecipe).read();
  std::string other(kRecipe);
  other.replace(other.find("500"), 3, "501");
  EXPECT_NE(one.canonical_json, WithRecipe(other).read().canonical_json);
}

TEST(RecipeFile, SaysWhereItIsWrong) {
  const auto refusal = [](const std::string& recipe) { return WithRecipe(recipe).refusal(); };
  EXPECT_THAT(refusal("{\n  \"source\": \"a\",\n  \"step\": 5\n}"),
              HasSubstr("recipes/own.json:3:3: the file: "));
  EXPECT_THAT(refusal("{\n  \"source\": \"a\",\n  \"step\": 5\n}"),
              HasSubstr("did you mean \"steps\"?"));
  EXPECT_THAT(refusal("{\"steps\": 5}"), HasSubstr("own.json:1:1"));
  EXPECT_THAT(refusal("{\"steps\": 5}"), HasSubstr("source"));
  EXPECT_THAT(refusal("{\"source\": \"a\"}"), HasSubstr("\"steps\""));
  EXPECT_THAT(refusal("{\"steps\": 5,, \"source\": \"a\"}"), HasSubstr("own.json:1:13"));
  EXPECT_THAT(refusal(R"({"steps": 5, "source": "a", "from_memory": ["stepz"]})"),
              HasSubstr("did you mean \"steps\"?"));
  EXPECT_THAT(refusal(R"({"steps": 5, "source": "a", "from_memory": ["loss"]})"),
              HasSubstr("a key that is set in this recipe"));
  EXPECT_THAT(refusal(R"({"steps": 0, "source": "a"})"), HasSubstr("own.json:1:11: steps"));
}

TEST(RecipeFile, ThatIsMissingIsNamedWhereItIsAskedFor) {
  auto content = example_experiment();
  content["contestants"][4]["recipe"] = "recipes/none.json";
  EXPECT_THAT(refusal_of(content.dump(2)), HasSubstr("contestants[4].recipe: expected a recipe"));
}

TEST(RecipeFile, OfTheProjectCanAllBeRead) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kExperiments / "recipes")) {
    SCOPED_TRACE(entry.path().filename());
    const auto value =
        core::parse_json_document("x", "\"recipes/" + entry.path().filename().string() + "\"");
    const auto recipe = read_recipe_file(core::JsonReader(value), kExperiments / "x.json");
    EXPECT_GT(recipe.settings.steps, 1000);
    EXPECT_FALSE(recipe.source.empty());
    ++count;
  }
  EXPECT_GE(count, 13U);
}

}  // namespace
}  // namespace bench::runner
