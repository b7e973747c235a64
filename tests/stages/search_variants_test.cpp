#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "program.h"
#include "tests/temporary_folder.h"

/// Searches that are only searched, by `bench run`: options that take a way of their own through
/// the stage.
namespace bench::stages {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

class SearchVariants : public testing::Test {
 protected:
  static json experiment(const json& search, const json& space = json::object()) {
    json space_block = {{"channels", {4, 4}}, {"modules", {1, 2}}, {"initialization", "kaiming"}};
    space_block.update(space);
    json search_block = {{"weights", {{"steps", 4}, {"batch", 2}, {"patch", 16}}}};
    search_block.update(search, true);
    return {
        {"name", "variants"},
        {"title", "Variants"},
        {"question", "Do they run?"},
        {"seeds", {1}},
        {"profile", "quick"},
        {"tasks", {{{"id", "denoise"}, {"degradation", {{"kind", "gaussian"}, {"sigma", 50}}}}}},
        {"contestants",
         {{{"id", "searched"},
           {"kind", "searched"},
           {"searched_on", "denoise"},
           {"trained", false}}}},
        {"protocols", {"psnr(space=rgb)"}},
        {"profiles",
         {{"quick",
           {{"data",
             {{"denoise",
               {{"train", {{"set", "embedded-leaves"}, {"count", 6}}},
                {"test", {{{"set", "embedded-leaves"}, {"split", "test"}, {"count", 2}}}}}}}},
            {"space", space_block},
            {"search", search_block}}}}}};
  }

  ProgramRun run(const json& content) const {
    std::ofstream(folder_ / "x.json") << content.dump(2);
    return run_bench({"run", (folder_ / "x.json").string(), "--store", (folder_ / "store").string(),
                      "--report", (folder_ / "report").string(), "--threads", "1"});
  }

  /// The result of the only search in the store.
  json search_result() const {
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "store")) {
      if (entry.path().filename() != "result.json") continue;
      std::ifstream file(entry.path());
      auto result = json::parse(file);
      if (result.dump().find("search_weight_steps") != std::string::npos) return result;
    }
    ADD_FAILURE() << "no search has a result";
    return {};
  }

  std::string report() const {
    std::ifstream file(folder_ / "report" / "report.md");
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const tests::TemporaryFolder scratch_;
  const fs::path& folder_ = scratch_.path();
};

TEST_F(SearchVariants, NeedNoTrainingAndReportTheirArchitectures) {
  const auto ended = run(experiment({{"lambda_complexity", 0.1}}));
  ASSERT_EQ(ended.code, 0) << ended.err << ended.out;
  EXPECT_THAT(ended.out, HasSubstr("2 done")) << "prepare and search";
  EXPECT_THAT(report(), HasSubstr("## Searches"));
  EXPECT_THAT(report(), testing::Not(HasSubstr("## Scores")));
}

TEST_F(SearchVariants, KeepTheLatenciesThatTheyCountWith) {
  const auto ended = run(experiment({{"lambda_complexity", 0.1}, {"complexity_cost", "latency"}}));
  ASSERT_EQ(ended.code, 0) << ended.err << ended.out;
  const auto text = search_result().dump();
  EXPECT_THAT(text, HasSubstr("module_latency_ms/0"));
  EXPECT_THAT(text, HasSubstr("module_latency_ms/1"));
  EXPECT_THAT(text, HasSubstr("artifacts/module_latencies.json"));
}

TEST_F(SearchVariants, MayTrainEachCandidateByItself) {
  const auto ended = run(experiment({{"strategy", "exhaustive"}, {"shared_weights", false}}));
  ASSERT_EQ(ended.code, 0) << ended.err << ended.out;
  const auto text = search_result().dump();
  for (const char* candidate : {"\"PP ", "\"PF ", "\"FP ", "\"FF "}) {
    EXPECT_THAT(text, HasSubstr(candidate));
  }
  // Each of the four: 4 steps of 2 patches, then 8 batches of 2 to score it.
  EXPECT_THAT(text, HasSubstr(std::to_string(4 * (4 * 2 + 8 * 2))));
}

TEST_F(SearchVariants, SayThatTheyUsedTestData) {
  const auto ended = run(experiment({{"architecture_data", "test-split-as-released"}}));
  ASSERT_EQ(ended.code, 0) << ended.err << ended.out;
  EXPECT_THAT(report(), HasSubstr("searched uses test data: "));
}

TEST_F(SearchVariants, RunInSpacesOfEveryKind) {
  const std::vector<json> spaces = {
      {{"branches", 1}, {"modules", {1, 1, 2}}},
      {{"stem", "parallel"}, {"head", "3x3"}, {"upsampling", "bilinear"}},
      {{"normalization", "instance"}, {"order", "transition-last"}},
      {{"normalization", "none"}, {"fusion_exchange", false}}};
  for (const auto& space : spaces) {
    const auto ended = run(experiment(json::object(), space));
    EXPECT_EQ(ended.code, 0) << space << ended.err << ended.out;
  }
}

TEST_F(SearchVariants, AreRefusedBeforeAnyWork) {
  const auto ended = run(experiment({{"weights", {{"batch", 4}}}}));
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("profiles.quick.search.weights.batch: expected a batch of at "
                                   "most the 3 images"));
  EXPECT_FALSE(fs::exists(folder_ / "store"));
}

}  // namespace
}  // namespace bench::stages
