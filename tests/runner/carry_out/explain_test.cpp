#include <fstream>

#include "tests/runner/faked_program.h"

/// `bench explain` names what differs; and what decides a result is in its key.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using end_to_end::text_of;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Explain : public FakedProgram {
 protected:
  Explain() {
    const auto ended = run();
    EXPECT_EQ(ended.exit_code, 0) << ended.output;
  }

  std::string explain(const std::string& stage, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"explain", at("faked.json").string(), stage};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return bench(arguments).output;
  }
};

TEST_F(Explain, SaysWhereTheResultIs) {
  EXPECT_TRUE(has(explain("prepare denoise"), "up to date: its result is in "));
}

TEST_F(Explain, NamesTheSettingThatDiffers) {
  const auto said =
      explain("train net on denoise, seed 1", {"--set", "profiles.quick.train.steps=4"});
  EXPECT_TRUE(has(said, "setting /recipe/steps was 3 and is 4")) << said;
}

TEST_F(Explain, NamesWhatAnInputDiffersIn) {
  const auto options = std::vector<std::string>{
      "--set",
      "profiles.quick.data.denoise.test=[{\"set\": \"embedded-leaves\", \"split\": "
      "\"test\", \"count\": 3}]"};
  // The preparation is not done yet, so what needs it cannot be compared.
  EXPECT_TRUE(has(explain("train net on denoise, seed 1", options), "needs \"prepare denoise\""));
  const auto said = explain("prepare denoise", options);
  EXPECT_TRUE(has(said, "setting /task/test/0/count was 2 and is 3")) << said;
}

TEST_F(Explain, NamesTheFailureAndTheDamage) {
  const auto file = stages_of("evaluate")[0] / "result.json";
  std::ofstream(file, std::ios::trunc) << "{";
  EXPECT_TRUE(
      has(explain("evaluate net on denoise, seed 1") + explain("evaluate net on denoise, seed 2"),
          file.string() + " is damaged"));
}

TEST_F(Explain, NamesTheProgramThatDoesTheStages) {
  fs::copy_file(FAKE_STAGE_PROGRAM, at("other-stage"));
  tell_stages("BENCH_STAGE_PROGRAM", at("other-stage").string());
  EXPECT_TRUE(has(run().output, "stages cached")) << "the same bytes are the same program";
  std::ofstream(at("other-stage"), std::ios::app) << "another";
  const auto said = explain("prepare denoise");
  EXPECT_TRUE(has(said, "BENCH_STAGE_PROGRAM")) << said;
  EXPECT_FALSE(has(run().output, "stages cached"));
  const auto shown = bench({"show", "latest", "--json"}).output;
  EXPECT_TRUE(has(shown, at("other-stage").string())) << shown;
}

TEST_F(Explain, SeesAnImageThatWasReplacedInPlace) {
  const auto folder = at("data-root") / "data/denoise/set12_gray";
  fs::create_directories(folder);
  for (const char* name : {"01.png", "02.png", "03.png"}) std::ofstream(folder / name) << "abc";
  tell_stages("BENCH_DATA_DIR", at("data-root").string());
  const std::vector<std::string> options = {
      "--set",
      R"(profiles.quick.data.denoise.test=[{"set": "set12", "split": "test", "count": 2}])"};
  const auto first = run("store", options);
  ASSERT_EQ(first.exit_code, 0) << first.output;
  ASSERT_TRUE(has(run("store", options).output, "stages cached"));
  const auto replace = [&](const std::string& name) {
    const auto written = fs::last_write_time(folder / name);
    std::fstream(folder / name, std::ios::in | std::ios::out) << "x";
    fs::last_write_time(folder / name, written);
  };
  replace("03.png");
  EXPECT_TRUE(has(run("store", options).output, "stages cached")) << "the first two are used";
  replace("02.png");
  const auto said = explain("prepare denoise", options);
  EXPECT_TRUE(has(said, "the images that it reads were others (by content)")) << said;
  EXPECT_TRUE(has(run("store", options).output, "5 done, 1 cached")) << "all but the cost follows";
}

TEST_F(Explain, RefusesANameThatFitsSeveral) {
  const auto ended = bench({"explain", at("faked.json").string(), "train"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_TRUE(has(ended.output, "which fits 2: ")) << ended.output;
}

}  // namespace
}  // namespace bench::runner
