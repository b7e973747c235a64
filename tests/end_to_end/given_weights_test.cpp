#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.h"
#include "tests/shared_folder.h"
#include "tests/temporary_folder.h"

/// Experiments that evaluate weights of others.
namespace bench::end_to_end {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRain100h =
    "rain100h (480x320 crops), PSNR/SSIM on Y, output truncated to uint8";

class GivenWeights : public testing::Test {
 protected:
  GivenWeights() { setenv("BENCH_DATA_DIR", tests::shared_folder().c_str(), 1); }

  /// PReNet on one pair of Rain100H with that file of weights.
  Ended run(const std::string& weights) const {
    const nlohmann::json experiment = {
        {"name", "given"},
        {"title", "t"},
        {"question", "q"},
        {"seeds", {1}},
        {"profile", "one"},
        {"tasks", {{{"id", "rain"}, {"channels", 3}, {"degradation", {{"kind", "rain"}}}}}},
        {"contestants",
         {{{"id", "p"}, {"kind", "network"}, {"method", "prenet"}, {"weights", weights}}}},
        // That of expected.json: output truncated to bytes, then Y rounded to bytes.
        {"protocols",
         {"psnr(space=y-bt601-limited-u8,round=truncate,crop=0,agg=image-mean)",
          "ssim(space=y-bt601-limited-u8,round=truncate,crop=0,window=gaussian11,pad=valid,"
          "agg=image-mean)"}},
        {"profiles",
         {{"one",
           {{"data",
             {{"rain", {{"test", {{{"set", "rain100h"}, {"split", "all"}, {"count", 1}}}}}}}},
            {"cost", {{"height", 16}, {"width", 16}, {"repetitions", 3}}}}}}}};
    std::ofstream(folder_ / "x.json") << experiment.dump(1);
    return Program({"run", (folder_ / "x.json").string(), "--store", (folder_ / "store").string(),
                    "--report", (folder_ / "report").string(), "--threads", "1"},
                   folder_ / "log")
        .wait();
  }

  /// The files of ../shared that a test needs and that are not there.
  static std::string absent(const std::vector<std::string>& files) {
    std::string names;
    for (const auto& file : files) {
      if (!fs::exists(tests::shared_folder() / file)) names += " " + file;
    }
    return names;
  }

  const tests::TemporaryFolder scratch_;
  const fs::path& folder_ = scratch_.path();
};

TEST_F(GivenWeights, ThatAreNotThereAreBadInput) {
  if (const auto names = absent({"data/derain/rain100h"}); !names.empty()) {
    GTEST_SKIP() << "not in " << tests::shared_folder() << ":" << names;
  }
  const auto ended = run("no_such.safetensors");
  EXPECT_EQ(ended.exit_code, 2) << ended.output;
  EXPECT_NE(ended.output.find("weights/no_such.safetensors: weights of prenet"), std::string::npos)
      << ended.output;
  EXPECT_FALSE(fs::exists(folder_ / "store"));
}

TEST_F(GivenWeights, OfAnotherNetworkAreRefusedByTensor) {
  if (const auto names = absent({"data/derain/rain100h", "weights/prn_rain100h.safetensors"});
      !names.empty()) {
    GTEST_SKIP() << "not in " << tests::shared_folder() << ":" << names;
  }
  const auto ended = run("prn_rain100h.safetensors");
  EXPECT_EQ(ended.exit_code, 1) << ended.output;
  EXPECT_NE(ended.output.find("missing \"conv_f.0.bias\""), std::string::npos) << ended.output;
}

// The list of PSNR and SSIM per image was computed apart from this project, with three and four
// decimals.
TEST_F(GivenWeights, ReachTheScoresThatOthersComputed) {
  if (const auto names = absent(
          {"data/derain/rain100h", "data/expected.json", "weights/prenet_rain100h.safetensors"});
      !names.empty()) {
    GTEST_SKIP() << "not in " << tests::shared_folder() << ":" << names;
  }
  const auto ended = run("prenet_rain100h.safetensors");
  ASSERT_EQ(ended.exit_code, 0) << ended.output;
  const auto expected =
      nlohmann::json::parse(text_of(tests::shared_folder() / "data/expected.json"))
          .at("recomputed_here")
          .at(kRain100h)
          .at("per_image [psnr, ssim, input psnr, input ssim]")
          .at("001");
  const auto scores = nlohmann::json::parse(text_of(folder_ / "report/results.json"));
  const auto& blocks = scores.at("sections").at(0).at("blocks");
  EXPECT_NEAR(blocks[0]["rows"][0][1]["value"].get<double>(), expected[0].get<double>(), 2e-3);
  EXPECT_NEAR(blocks[1]["rows"][0][1]["value"].get<double>(), expected[1].get<double>(), 2e-4);
}

}  // namespace
}  // namespace bench::end_to_end
