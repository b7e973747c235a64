#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/stages/program.h"

namespace bench::stages {
namespace {

using nlohmann::json;

json cost(std::vector<std::string> words) {
  words.insert(words.begin(), "cost");
  words.insert(words.end(), {"--json", "--repetitions", "3"});
  const auto run = run_bench(words);
  EXPECT_EQ(run.code, 0) << run.err;
  return json::parse(run.out);
}

json reference(const std::string& name) {
  std::ifstream file(std::string(BENCH_SOURCE_DIR) + "/tests/reference/" + name);
  return json::parse(file);
}

TEST(CostCommand, CountsOfMethodsAreThoseOfTheReference) {
  const json all = reference("baseline_params.json");
  const std::vector<std::pair<std::string, std::string>> methods = {
      {"dncnn_s", "DnCNN-S gray (17 layers, BN, pytorch release: last conv no bias)"},
      {"prn_r", "PRN_r (6 iterations)"},
      {"unet_f16", "U-Net BN f=16 depth4 gray (2x2 deconv)"}};
  for (const auto& [method, row] : methods) {
    const json found = cost({method, "--size", "64x64"});
    EXPECT_EQ(found.at("parameters"), all.at(row).at("params")) << method;
    EXPECT_EQ(found.at("macs"), all.at(row).at("conv_macs_64x64")) << method;
  }
}

TEST(CostCommand, CountsOfArchitecturesAreThoseOfTheReference) {
  const json nets = reference("clearer_reference.json").at("networks_full_size").at("nets");
  const json fusion = nets.at("in_channel_3").at("all_fusion");
  const json by_pattern = cost({"all-fusion", "--channels", "3"});
  EXPECT_EQ(by_pattern.at("parameters"), fusion.at("params"));
  EXPECT_EQ(by_pattern.at("macs"), fusion.at("conv_macs_64x64"));
  const json by_letters = cost({"FFFF|FFFF|FFFF", "--channels", "3"});
  EXPECT_EQ(by_letters.at("macs"), by_pattern.at("macs"));
}

TEST(CostCommand, TheRecordSaysUnderWhichConditions) {
  const json found = cost({"PF|FF|FP", "--space-channels", "4,8,12,16", "--space-modules",
                           "1,2,2,2", "--size", "33x50", "--batch", "2", "--layout", "nchw"});
  const json conditions = found.at("conditions");
  EXPECT_EQ(conditions.at("height"), 33);
  EXPECT_EQ(conditions.at("width"), 50);
  EXPECT_EQ(conditions.at("batch"), 2);
  EXPECT_EQ(conditions.at("layout"), "nchw");
  const json latency = found.at("latency_ms");
  ASSERT_EQ(latency.at("repetitions").size(), 3u);
  EXPECT_GT(latency.at("smallest"), 0.0);
  EXPECT_LE(latency.at("lower_quartile"), latency.at("median"));
  EXPECT_GE(found.at("peak_memory_bytes"), found.at("activation_bytes"));
}

TEST(CostCommand, MacsAreThoseOfOneImageWhateverTheBatch) {
  const std::vector<std::string> one = {"prn_r", "--size", "16x16"};
  auto four = one;
  four.insert(four.end(), {"--batch", "4"});
  const json single = cost(one), batched = cost(four);
  EXPECT_EQ(single.at("macs"), batched.at("macs"));
  EXPECT_GT(batched.at("activation_bytes"), single.at("activation_bytes"));
}

// Of DnCNN's layers of 64 channels two are held at once, features and result; in bfloat16 they take
// half as many bytes, beside a copy of the weights.
TEST(CostCommand, MemoryIsOfWhatRestores) {
  constexpr double kLayer = 64 * 160 * 160 * 4;
  const std::vector<std::string> words = {"dncnn_s", "--size", "160x160"};
  const auto activations = [&](std::vector<std::string> more) {
    more.insert(more.begin(), words.begin(), words.end());
    return cost(more).at("activation_bytes").get<double>();
  };
  const double usual = activations({});
  EXPECT_GT(usual, 1.9 * kLayer);
  EXPECT_LT(usual, 2.6 * kLayer);
  const double half = activations({"--precision", "bf16"});
  EXPECT_LT(half, 0.75 * usual) << "of bfloat16";
  EXPECT_GE(cost({"all-fusion", "--size", "64x64"}).at("peak_memory_bytes"),
            cost({"all-fusion", "--size", "64x64"}).at("activation_bytes"));
}

TEST(CostCommand, ClassicalMethodsHaveALatencyAndNoMacs) {
  for (const char* method : {"bm3d", "nlm", "wnnm"}) {
    const json found = cost({method, "--size", "32x32"});
    EXPECT_EQ(found.at("parameters"), 0);
    EXPECT_TRUE(found.at("macs").is_null());
    EXPECT_GT(found.at("latency_ms").at("median"), 0.0);
  }
}

const std::vector<std::string> kTinySpace = {"--space-channels", "4,8", "--space-modules", "1,2"};
const std::vector<std::string> kTinyStep = {"--size", "16x16",   "--repetitions",
                                            "6",      "--batch", "4"};

json step_cost(std::vector<std::string> words) {
  // Other networks than CLEARER's have no search space.
  if (words.front() != "prn_r") words.insert(words.end(), kTinySpace.begin(), kTinySpace.end());
  words.insert(words.end(), kTinyStep.begin(), kTinyStep.end());
  words.insert(words.begin(), "cost");
  words.push_back("--json");
  const auto run = run_bench(words);
  EXPECT_EQ(run.code, 0) << run.err;
  return json::parse(run.out);
}

TEST(CostCommand, AStepOfATrainingOrSearchHasTimeMemoryAndImages) {
  const std::vector<std::pair<std::vector<std::string>, int>> steps = {
      {{"PF", "--step", "train"}, 4},
      {{"PF", "--step", "train", "--precision", "bf16", "--layout", "nchw"}, 4},
      {{"prn_r", "--step", "train"}, 4},
      {{"clearer", "--step", "search"}, 4 + 4},
      {{"clearer", "--step", "search", "--strategy", "darts-second-order"}, 4 + 4 * 4},
      {{"clearer", "--step", "search", "--strategy", "joint"}, 4}};
  for (const auto& [words, images] : steps) {
    SCOPED_TRACE(words.at(0) + " " + words.back());
    const json found = step_cost(words);
    EXPECT_EQ(found.at("images"), images);
    const json latency = found.at("latency_ms");
    const double median = latency.at("median");
    EXPECT_NEAR(found.at("images_per_second").get<double>(), 1e3 * images / median, 1e-6);
    EXPECT_EQ(latency.at("median_interval").at("low"), latency.at("smallest"));
    EXPECT_NEAR(latency.at("median_interval").at("confidence").get<double>(), 0.96875, 1e-12);
    EXPECT_GT(found.at("parameters"), 0);
    EXPECT_EQ(found.at("step"), words.at(2));
    // At least the weights with their gradients and the optimizer's two moments (sgd: one).
    EXPECT_GT(found.at("peak_memory_bytes").get<double>(),
              3 * 4 * found.at("parameters").get<double>());
  }
}

TEST(CostCommand, ASearchStepHoldsTheParametersOfBothModules) {
  const auto parameters = [](std::vector<std::string> words) {
    return step_cost(std::move(words)).at("parameters").get<std::int64_t>();
  };
  const auto searched = parameters({"clearer", "--step", "search"});
  const auto parallel = parameters({"PP", "--step", "train"});
  const auto fusion = parameters({"FF", "--step", "train"});
  const auto mixed = parameters({"PF", "--step", "train"});
  EXPECT_GT(searched, parallel);
  EXPECT_EQ(2 * mixed, parallel + fusion);
}

TEST(CostCommand, StepsThatCannotBeAreRefusedWithWhatToDo) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
      {{"cost", "bm3d", "--step", "train"}, "has no weights to train. Remove --step"},
      {{"cost", "hinas_supernet", "--step", "train"}, "se --step search"},
      {{"cost", "hinas", "--step", "train"}, "needs the architecture"},
      {{"cost", "dncnn_s", "--step", "search"}, "use --step train"},
      {{"cost", "PFFF|PPPP|FFFF", "--step", "search"}, "is \"clearer\""},
      {{"cost", "claerer", "--step", "search"}, "did you mean \"clearer\"?"},
      {{"cost", "clearer"}, "se --step search"},
      {{"cost", "clearer", "--step", "search", "--strategy", "evolution"}, "--strategy"},
      {{"cost", "prn_r", "--step", "train", "--strategy", "joint"}, "Remove --strategy"},
      {{"cost", "unet_f16", "--step", "train", "--size", "40x64"}, "Try 48x64"},
      {{"cost", "clearer", "--step", "search", "--size", "33x64"}, "Try 40x64"},
      {{"cost", "prn_r", "--step", "test"}, "--step"}};
  for (const auto& [words, said] : mistakes) {
    const auto run = run_bench(words);
    EXPECT_EQ(run.code, 2) << said;
    EXPECT_EQ(run.out, "") << said;
    EXPECT_NE(run.err.find(said), std::string::npos) << run.err;
  }
}

TEST(CostCommand, MistakesAreOneLineWithTheNearestName) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
      {{"cost", "dncnn_z"}, "did you mean \"dncnn_s\"?"},
      {{"cost", "all-fusoin"}, "did you mean \"all-fusion\"?"},
      {{"cost", "PF|F"}, "shaped like \"PPPP|PPPP|PPPP\""},
      {{"cost", "degraded"}, "costs nothing"},
      {{"cost", "darts_cell"}, "needs the architecture"},
      {{"cost", "dncnn_s", "--size", "64"}, "HEIGHTxWIDTH"},
      {{"cost", "dncnn_s", "--size", "4x64"}, "8 to 16384"},
      {{"cost", "all-fusion", "--space-channels", "4,8"}, "same number of values"}};
  for (const auto& [words, said] : mistakes) {
    const auto run = run_bench(words);
    EXPECT_EQ(run.code, 2) << said;
    EXPECT_EQ(run.out, "") << said;
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
    EXPECT_NE(run.err.find(said), std::string::npos) << run.err;
  }
}

}  // namespace
}  // namespace bench::stages
