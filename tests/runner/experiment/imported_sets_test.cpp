#include "runner/experiment/imported_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "core/json/bad_input.h"
#include "datasets/image.h"
#include "datasets/image_file.h"
#include "runner/experiment/data_at_hand.h"
#include "runner/experiment/project.h"
#include "tests/message_of.h"
#include "tests/runner/example_experiment.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// A project with four images of the user's own, imported as "mine"; the current folder is in it.
class ImportedSets : public testing::Test {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    for (const char* name : {"1.png", "2.png", "3.png", "4.png"}) {
      fs::create_directories(root() / "own");
      datasets::write_png(root() / "own" / name, datasets::black_image(1, 40, 40));
    }
    fs::create_directories(root() / "experiments");
    fs::create_directories(root() / "deeper");
    fs::current_path(root() / "deeper");
    import("mine");
  }
  void TearDown() override { fs::current_path(before_); }

  fs::path root() const { return fs::canonical(folder_.path()); }
  void import(const std::string& name) const {
    datasets::save_imported(registry_of(project_here()),
                            datasets::import_folder(name, root() / "own"));
  }
  /// An experiment that tests on `test`.
  Experiment experiment(const nlohmann::json& test) const {
    auto content = example_experiment();
    content["profiles"]["quick"]["data"]["denoise"]["test"] = {test};
    return read_experiment(folder_.write("experiments/x.json", content.dump()), {});
  }

  tests::TemporaryFolder folder_;
  fs::path before_;
};

TEST_F(ImportedSets, StandInAnExperimentWithTheDigestOfTheirImages) {
  const auto read = experiment({{"set", "mine"}});
  const auto& data = read.profiles.at("quick").data.at("denoise");
  EXPECT_EQ(data.test[0].split, "all");
  EXPECT_EQ(data.test[0].manifest_sha256,
            datasets::manifest_sha256(datasets::import_folder("mine", root() / "own").manifest));
  EXPECT_THAT(data.note, HasSubstr("mine (all): imported images, 4 files"));
  EXPECT_NO_THROW(require_data_at_hand(read, read.profiles.at("quick"), root()));
  EXPECT_EQ(descriptions_for(read.profiles.at("quick"), read.file).at("mine"),
            (root() / ".bench/datasets/mine.tsv").string());
}

TEST_F(ImportedSets, AreOtherSetsWithOtherImages) {
  const auto before = experiment({{"set", "mine"}});
  datasets::write_png(root() / "own" / "1.png", datasets::black_image(1, 41, 40));
  import("mine");
  const auto after = experiment({{"set", "mine"}});
  EXPECT_NE(before.profiles.at("quick").data.at("denoise").test[0].manifest_sha256,
            after.profiles.at("quick").data.at("denoise").test[0].manifest_sha256);
}

TEST_F(ImportedSets, AreFoundFromTheProjectOfTheExperimentToo) {
  const tests::TemporaryFolder elsewhere;
  fs::current_path(elsewhere.path());
  EXPECT_EQ(known_set("mine", root() / "experiments/x.json").folder, root() / "own");
}

TEST_F(ImportedSets, OfOneNameInTwoProjectsAreRefusedUnlessTheyAreTheSame) {
  const tests::TemporaryFolder other;
  fs::create_directories(other.path() / ".bench");
  fs::current_path(other.path());
  const auto file = root() / "experiments/x.json";
  import("mine");
  EXPECT_TRUE(description_of("mine", file).has_value());
  datasets::write_png(root() / "own" / "5.png", datasets::black_image(1, 40, 40));
  import("mine");
  EXPECT_THAT(tests::message_of<core::BadInput>([&] { description_of("mine", file); }),
              HasSubstr("found two"));
}

TEST_F(ImportedSets, TheNearestNameIsNamed) {
  const std::string message = tests::message_of<core::BadInput>([&] {
    experiment({{"set", "mien"}});
  });
  EXPECT_THAT(message, HasSubstr("did you mean \"mine\""));
  EXPECT_THAT(message, HasSubstr("bench data import"));
}

// "first 600" of 4 images would be what a report says.
TEST_F(ImportedSets, MoreImagesThanThereAreAreRefusedWithTheirPlace) {
  for (const nlohmann::json& test :
       {nlohmann::json{{"set", "mine"}, {"count", 600}},
        nlohmann::json{{"set", "embedded-leaves"}, {"split", "test"}, {"count", 600}}}) {
    const auto read = experiment(test);
    const std::string message = tests::message_of<core::BadInput>(
        [&] { require_data_at_hand(read, read.profiles.at("quick"), root()); });
    EXPECT_THAT(message, HasSubstr("data.denoise.test[0].count: expected at most the "));
    EXPECT_THAT(message, HasSubstr("found 600"));
  }
}

TEST(Project, IsFoundUpwardsAsGitDoes) {
  const tests::TemporaryFolder folder;
  const fs::path root = fs::canonical(folder.path());
  const fs::path before = fs::current_path();
  folder.write("one/experiments/deeper/x.json", "");
  folder.write("two/.bench/bench.db", "");
  folder.write("two/a/b/x.json", "");
  folder.write("none/a/x.json", "");
  EXPECT_EQ(project_of(root / "one/experiments/deeper/x.json"), root / "one");
  EXPECT_EQ(project_of(root / "two/a/b/x.json"), root / "two");
  EXPECT_EQ(project_of(root / "none/a/x.json"), root / "none/a");
  const auto here = [&](const char* name) {
    fs::current_path(root / name);
    return project_here();
  };
  EXPECT_EQ(here("one"), root / "one");
  EXPECT_EQ(here("one/experiments/deeper"), root / "one");
  EXPECT_EQ(here("two/a/b"), root / "two");
  EXPECT_EQ(here("none/a"), root / "none/a");
  fs::current_path(before);
}

}  // namespace
}  // namespace bench::runner
