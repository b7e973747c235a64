#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json/bad_input.h"
#include "tests/runner/example_experiment.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const ContestantBudget& budget(const Experiment& experiment, const std::string& contestant) {
  return experiment.profiles.at("quick").contestants.at(contestant);
}

TEST(ReadExperiment, GivesTheFileAsValues) {
  const auto experiment = read_example(example_experiment());
  EXPECT_EQ(experiment.name, "example");
  EXPECT_THAT(experiment.seeds, ElementsAre(1, 2));
  ASSERT_EQ(experiment.tasks.size(), 2U);
  EXPECT_EQ(experiment.tasks[0].degradation.sigma_8bit, 25);
  EXPECT_EQ(experiment.tasks[1].degradation.noise, "none");
  EXPECT_EQ(experiment.tasks[1].label, "derain") << "the id where no label is";
  EXPECT_EQ(experiment.contestants[4].options.at("depth"), 3);
  const auto& quick = profile_of(experiment, "quick");
  EXPECT_EQ(quick.data.at("denoise").train.count, 4);
  EXPECT_EQ(quick.data.at("derain").train.split, "train") << "the first split where none is named";
  EXPECT_EQ(quick.cost.width, 24);
  EXPECT_EQ(quick.keep_images, 1);
  EXPECT_TRUE(quick.tests_claims);
  EXPECT_EQ(experiment.claims.at(0).other, "mixed");
}

TEST(ReadExperiment, LetsTheTaskOverrideTheProfileAndTheContestantBoth) {
  auto content = example_experiment();
  content["contestants"][4]["train"] = {{"learning_rate", 5e-3}, {"steps", 30}};
  const auto experiment = read_example(content);
  EXPECT_EQ(budget(experiment, "fusion").train.at("denoise").steps, 10);
  EXPECT_EQ(budget(experiment, "fusion").train.at("derain").steps, 20);
  EXPECT_EQ(budget(experiment, "fusion").train.at("derain").schedule.learning_rate, 1e-2);
  EXPECT_EQ(budget(experiment, "fusion").train.at("derain").patch, 16) << "kept from the profile";
  EXPECT_EQ(budget(experiment, "dncnn").train.at("denoise").steps, 30);
  EXPECT_EQ(budget(experiment, "dncnn").train.at("derain").steps, 30);
  EXPECT_EQ(budget(experiment, "dncnn").train.at("derain").schedule.learning_rate, 5e-3);
}

TEST(ReadExperiment, LetsAContestantOverrideSpaceAndSearch) {
  const auto experiment = read_example(example_experiment());
  EXPECT_EQ(budget(experiment, "searched").search.losses.lambda_architecture, 0);
  EXPECT_EQ(budget(experiment, "searched").search.warm_up_fraction, 0.5);
  EXPECT_EQ(budget(experiment, "searched").search.weights.optimizer.kind,
            training::OptimizerKind::kSgd);
  EXPECT_FALSE(budget(experiment, "fusion").space.global_residual);
  EXPECT_TRUE(budget(experiment, "mixed").space.global_residual);
  EXPECT_THAT(budget(experiment, "mixed").space.modules, ElementsAre(1, 2, 2));
}

TEST(ReadExperiment, ResolvesNamesOfProtocols) {
  auto content = example_experiment();
  content["protocols"] = {"psnr(space=rgb)", "matlab-y"};
  const auto experiment = read_example(content);
  ASSERT_EQ(experiment.protocols.size(), 3U) << "matlab-y is a PSNR and an SSIM";
  EXPECT_EQ(experiment.protocols[0], "psnr(space=rgb,round=none,crop=0,agg=image-mean)");
  EXPECT_THAT(experiment.protocols[2], StartsWith("ssim(space=y-bt601-limited-u8"));
}

TEST(ReadExperiment, AppliesOverridesBeforeItChecks) {
  const auto experiment =
      read_example(example_experiment(),
                   {"profiles.quick.train.steps=77", "seeds=[5]", "contestants.0.label=The input"});
  EXPECT_EQ(budget(experiment, "fusion").train.at("denoise").steps, 77);
  EXPECT_THAT(experiment.seeds, ElementsAre(5));
  EXPECT_EQ(experiment.contestants[0].label, "The input");
  EXPECT_NE(experiment.canonical_json, read_example(example_experiment()).canonical_json);
}

TEST(ReadExperiment, RefusesWrongOverrides) {
  const auto refusal = [](const std::string& text) {
    return refusal_of(example_experiment().dump(2), {text});
  };
  EXPECT_THAT(refusal("profiles.quick.train.step=1"), HasSubstr("did you mean \"steps\"?"));
  EXPECT_THAT(refusal("profile.quick=1"), HasSubstr("below a value that has no parts"));
  EXPECT_THAT(refusal("seeds"), HasSubstr("--set seeds: expected PATH=VALUE"));
  EXPECT_THAT(refusal("=1"), HasSubstr("expected PATH=VALUE"));
  EXPECT_THAT(refusal("profiles.quick.train.steps=many"), HasSubstr("found \"many\""));
  EXPECT_THAT(refusal("profiles.quick.train.learning_rate=1e999"), HasSubstr("found \"1e999\""));
}

TEST(ReadExperiment, HasACanonicalTextThatDoesNotDependOnLayout) {
  const tests::TemporaryFolder folder;
  const auto wide = folder.write("a.json", example_experiment().dump(4));
  const auto narrow = folder.write("b.json", example_experiment().dump());
  EXPECT_EQ(read_experiment(wide).canonical_json, read_experiment(narrow).canonical_json);
}

// file:line:column, path, what was expected, what was found, the nearest name.
TEST(ReadExperiment, SaysWhereWhatAndWhatWasMeant) {
  const std::string text = example_experiment().dump(2);
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string copy = text;
    EXPECT_NE(copy.find(from), std::string::npos) << from;
    return refusal_of(copy.replace(copy.find(from), from.size(), to));
  };
  const std::string sigma = replaced("\"sigma\"", "\"sigam\"");
  EXPECT_THAT(sigma, HasSubstr("tasks[0].degradation: expected one of the keys"));
  EXPECT_THAT(sigma, HasSubstr("found \"sigam\"; did you mean \"sigma\"?"));
  EXPECT_THAT(sigma, testing::ContainsRegex("x\\.json:[0-9]+:9: "));
  const std::string steps = replaced("\"steps\": 10", "\"steps\": 10.5");
  EXPECT_THAT(steps, HasSubstr("profiles.quick.train.steps: expected a whole number from 1 to"));
  EXPECT_THAT(steps, HasSubstr("found 10.5"));
  const std::string set = replaced("\"set\": \"embedded-leaves\"", "\"set\": \"embeded-leaves\"");
  EXPECT_THAT(set, HasSubstr("data.denoise.test[0].set: expected a data set of the"));
  EXPECT_THAT(set, HasSubstr("found \"embeded-leaves\"; did you mean \"embedded-leaves\"?"));
  const std::string split = replaced("\"split\": \"test\"", "\"split\": \"tset\"");
  EXPECT_THAT(split, HasSubstr("data.denoise.test[0].split: expected a split of embedded-leaves "
                               "(\"train\" or \"test\"), found \"tset\"; did you mean"));
  EXPECT_THAT(
      replaced("\"searched_on\": \"denoise\"", "\"searched_on\": \"denoize\""),
      HasSubstr("contestants[1].searched_on: expected a task of this experiment (\"denoise\""
                " or \"derain\"), found \"denoize\"; did you mean \"denoise\"?"));
  EXPECT_THAT(replaced("\"method\": \"dncnn\"", "\"method\": \"dncn\""),
              HasSubstr("did you mean \"dncnn\"?"));
  EXPECT_THAT(replaced("\"psnr(space=rgb,round", "\"psnr(space=rbg,round"), HasSubstr("rbg"));
  EXPECT_THAT(
      replaced("\"profile\": \"quick\"", "\"profile\": \"quik\""),
      HasSubstr("profile: expected one of the profiles (\"quick\"), found \"quik\"; did you "
                "mean \"quick\"?"));
  EXPECT_THAT(replaced("\"title\": \"An example\"", "\"title\": null"),
              HasSubstr("title: expected a text, found null"));
}

TEST(ReadExperiment, ShortensLongValuesBetweenLetters) {
  auto content = example_experiment();
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ä";
  content["profile"] = "x" + umlauts;
  const std::string refusal = refusal_of(content.dump());
  EXPECT_NO_THROW(json(refusal).dump()) << "not UTF-8";
  EXPECT_LT(refusal.size(), 200U);
}

TEST(ReadExperiment, RefusesWhatIsNoFile) {
  const tests::TemporaryFolder folder;
  const auto refusal = [](const std::filesystem::path& path) -> std::string {
    try {
      read_experiment(path);
      return "";
    } catch (const core::BadInput& error) {
      return error.what();
    }
  };
  EXPECT_THAT(refusal(folder.path() / "none.json"), HasSubstr("file not found"));
  EXPECT_THAT(refusal(folder.path()), HasSubstr("this is not a file"));
  EXPECT_THAT(refusal("/dev/null"), HasSubstr("this is not a file"));
}

TEST(ProfileOf, SuggestsTheNearestName) {
  const auto experiment = read_example(example_experiment());
  try {
    profile_of(experiment, "qick");
    ADD_FAILURE();
  } catch (const core::BadInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("--profile: expected \"quick\", found \"qick\"; did you "
                                        "mean \"quick\"?"));
  }
}

}  // namespace
}  // namespace bench::runner
