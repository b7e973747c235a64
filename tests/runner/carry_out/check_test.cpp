#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>

#include "core/json/bad_input.h"
#include "datasets/image_file.h"
#include "runner/carry_out/carry_out.h"
#include "tests/runner/example_experiment.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

using testing::HasSubstr;

// All paths below a folder, so that what was created shows.
std::vector<std::string> content_of(const std::filesystem::path& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    paths.push_back(entry.path().lexically_relative(folder).string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

struct Check : testing::Test {
  RunRequest request(const nlohmann::json& content = example_experiment()) const {
    return {.experiment_file = folder.write("experiments/x.json", content.dump(2))};
  }
  static std::string refusal(const RunRequest& request) {
    try {
      check(request);
      return "";
    } catch (const core::BadInput& error) {
      return error.what();
    }
  }

  tests::TemporaryFolder folder;
};

TEST_F(Check, FillsTheDefaultsIn) {
  const auto run = check(request());
  EXPECT_EQ(run->profile->name, "quick");
  EXPECT_EQ(run->seeds, (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(run->project, folder.path()) << "experiments/ belongs to the folder above";
  EXPECT_EQ(run->store, folder.path() / ".bench");
  EXPECT_EQ(run->report_folder, folder.path() / "results" / "example");
}

TEST_F(Check, GivesTheSameQuestionTheSameRun) {
  const auto plain = check(request())->run_id;
  EXPECT_THAT(plain, testing::StartsWith("example-quick-"));
  EXPECT_EQ(check(request())->run_id, plain);
  auto other_seeds = request();
  other_seeds.seeds = {1, 3};
  EXPECT_NE(check(other_seeds)->run_id, plain);
  auto changed = request();
  changed.overrides = {"profiles.quick.train.steps=11"};
  EXPECT_NE(check(changed)->run_id, plain);
}

TEST_F(Check, CreatesNothingWhateverIsWrong) {
  const auto good = request();
  const auto before = content_of(folder.path());
  EXPECT_EQ(refusal(good), "");
  auto wrong = good;
  wrong.profile = "huge";
  EXPECT_THAT(refusal(wrong), HasSubstr("--profile: expected \"quick\""));
  wrong = good;
  wrong.overrides = {"profiles.quick.train.step=1"};
  EXPECT_NE(refusal(wrong), "");
  wrong = good;
  wrong.experiment_file = folder.path() / "experiments" / "y.json";
  EXPECT_NE(refusal(wrong), "");
  EXPECT_EQ(content_of(folder.path()), before);
}

TEST_F(Check, SaysHowToGetDataThatIsNotAtHand) {
  auto content = example_experiment();
  auto& data = content["profiles"]["quick"]["data"]["denoise"];
  data["test"] = {{{"set", "set12"}}};
  ::setenv("BENCH_DATA_DIR", folder.path().c_str(), 1);
  const auto wanted = request(content);
  const auto before = content_of(folder.path());
  const std::string message = refusal(wanted);
  ::unsetenv("BENCH_DATA_DIR");
  EXPECT_THAT(message, HasSubstr("set12"));
  EXPECT_THAT(message, HasSubstr("bench data fetch set12"));
  EXPECT_EQ(content_of(folder.path()), before);
}

// 4 images of 128 x 128 train "denoise"; a search halves them.
TEST_F(Check, NamesTheBatchThatIsLargerThanTheData) {
  auto content = example_experiment();
  auto& quick = content["profiles"]["quick"];
  quick["train"]["batch"] = 5;
  EXPECT_THAT(refusal(request(content)),
              HasSubstr("profiles.quick.train.batch: expected a batch of at most the 4 images of "
                        "embedded-leaves, found 5"));
  quick["train"]["batch"] = 4;
  EXPECT_EQ(refusal(request(content)), "");
  quick["search"]["weights"]["batch"] = 3;
  EXPECT_THAT(refusal(request(content)),
              HasSubstr("profiles.quick.search.weights.batch: expected a batch of at most the 2 "
                        "images of embedded-leaves in each half of the search, found 3"));
  quick["search"]["architecture_data"] = "test-split-as-released";
  EXPECT_EQ(refusal(request(content)), "") << "then the weights see all of them";
  content["contestants"][4]["train"]["batch"] = 6;
  const auto wanted = request(content);
  const auto before = content_of(folder.path());
  EXPECT_THAT(refusal(wanted), HasSubstr("contestants[4].train.batch: expected a batch"));
  EXPECT_EQ(content_of(folder.path()), before);
}

TEST_F(Check, NamesThePatchThatIsLargerThanTheImages) {
  auto content = example_experiment();
  content["profiles"]["quick"]["train"]["patch"] = 136;
  EXPECT_THAT(refusal(request(content)),
              HasSubstr("profiles.quick.train.patch: expected patches no larger than the smallest "
                        "image of embedded-leaves, 128 pixels per side, found 136"));
}

TEST_F(Check, LooksAtTheImagesOnDisk) {
  const auto images = folder.path() / "data/train/train400_gray";
  std::filesystem::create_directories(images);
  for (const char* name : {"1.png", "2.png", "3.png", "4.png"}) {
    const datasets::Image image{
        .channels = 1, .height = 40, .width = 24, .samples = std::vector<std::uint8_t>(40 * 24)};
    datasets::write_png(images / name, image);
  }
  auto content = example_experiment();
  content["profiles"]["quick"]["data"]["denoise"]["train"] = {{"set", "train400"}};
  content["profiles"]["quick"]["train"]["patch"] = 32;
  ::setenv("BENCH_DATA_DIR", folder.path().c_str(), 1);
  const std::string patch = refusal(request(content));
  content["profiles"]["quick"]["train"]["patch"] = 24;
  content["profiles"]["quick"]["train"]["batch"] = 5;
  const std::string batch = refusal(request(content));
  ::unsetenv("BENCH_DATA_DIR");
  EXPECT_THAT(patch, HasSubstr("the smallest image of train400, 24 pixels per side, found 32"));
  EXPECT_THAT(batch, HasSubstr("at most the 4 images of train400, found 5"));
}

// Small copies of the layouts as published: side by side, and 14 rains of each clean image.
struct Rain1400Search : Check {
  void SetUp() override {
    const auto write = [&](const std::string& name, int width) {
      const auto file = folder.path() / "data/derain" / name;
      std::filesystem::create_directories(file.parent_path());
      datasets::write_png(file, datasets::black_image(3, 64, width));
    };
    for (const char* name :
         {"training/1", "training/2", "training/3", "training/4", "test_syn/1"}) {
      write("rain800/" + std::string(name) + ".jpg", 128);
    }
    for (const int id : {1, 650, 651, 900, 901, 1000}) {
      const std::string part = id <= 900 ? "training/" : "testing/";
      write("rain1400/" + part + "ground_truth/" + std::to_string(id) + ".jpg", 64);
      for (int rain = 1; rain <= 14; ++rain) {
        write("rain1400/" + part + "rainy_image/" + std::to_string(id) + "_" +
                  std::to_string(rain) + ".jpg",
              64);
      }
    }
    ::setenv("BENCH_DATA_DIR", folder.path().c_str(), 1);
  }
  void TearDown() override { ::unsetenv("BENCH_DATA_DIR"); }

  std::string refusal_with(const std::vector<std::string>& overrides) const {
    return refusal({.experiment_file = std::filesystem::path(BENCH_SOURCE_DIR) / "experiments" /
                                       "rain1400_search.json",
                    .profile = "paper",
                    .overrides = overrides,
                    .store = folder.path() / "store"});
  }
};

TEST_F(Rain1400Search, ReadsThePublishedLayoutsAndSplits) {
  const std::vector<std::string> small_batches = {"profiles.paper.train.batch=2",
                                                  "profiles.paper.search.weights.batch=2"};
  EXPECT_EQ(refusal_with(small_batches), "");
  // 4 clean images x 14 train, of which a search takes the half.
  EXPECT_THAT(refusal_with({"profiles.paper.train.batch=2",
                            "profiles.paper.data.rain800.train.set="
                            "rain1400",
                            "profiles.paper.data.rain800.test.0.set=rain1400",
                            "profiles.paper.search.weights.batch=29"}),
              HasSubstr("at most the 28 images of rain1400 in each half"));
}

TEST_F(Rain1400Search, RefusesToTestOnDurnsSplitWhatTrainsOnTheOther) {
  const std::string refusal = refusal_with({"profiles.paper.data.rain1400.test.0.split=test-durn"});
  EXPECT_THAT(refusal,
              HasSubstr("profiles.paper.data.rain1400.test[0]: expected test images "
                        "that are not in the training split \"train\" (Clean images 1-900"));
}

}  // namespace
}  // namespace bench::runner
