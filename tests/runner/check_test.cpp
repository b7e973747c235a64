#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>

#include "runner/carry_out/carry_out.h"
#include "runner/experiment/bad_input.h"
#include "tests/runner/example_experiment.h"
#include "tests/runner/temporary_folder.h"

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
    } catch (const BadInput& error) {
      return error.what();
    }
  }

  TemporaryFolder folder;
};

TEST_F(Check, FillsTheDefaultsIn) {
  const auto run = check(request());
  EXPECT_EQ(run->profile->name, "quick");
  EXPECT_EQ(run->seeds, (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(run->project, folder.path()) << "experiments/ belongs to the folder above";
  EXPECT_EQ(run->store, folder.path() / ".bench");
  EXPECT_EQ(run->report_folder, folder.path() / "reports" / "example");
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

}  // namespace
}  // namespace bench::runner
