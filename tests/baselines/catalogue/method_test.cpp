#include "baselines/catalogue/method.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace bench::catalogue {
namespace {

TEST(Catalogue, NamesEachMethodOnceAndSaysWhereItComesFrom) {
  std::set<std::string> names;
  for (const auto& row : catalogue()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.title.empty()) << row.name;
    EXPECT_FALSE(row.tasks.empty()) << row.name;
    EXPECT_FALSE(row.checked_by.empty()) << row.name;
    if (row.kind == MethodKind::kIdentity) continue;
    EXPECT_FALSE(row.paper.empty()) << row.name;
    EXPECT_GT(row.year, 2000) << row.name;
  }
}

TEST(Catalogue, KnowsWhatCanBeBuiltFromItsNameAlone) {
  for (const char* name : {"degraded", "bm3d", "wnnm", "dncnn_s", "hinas_supernet", "prenet"}) {
    EXPECT_TRUE(stands_alone(method(name))) << name;
  }
  for (const char* name : {"hinas", "darts_cell"}) {
    EXPECT_FALSE(stands_alone(method(name))) << name;
  }
}

TEST(Catalogue, HasTheParametersAndMultiplyAddsOfTheReferenceFile) {
  const std::map<std::string, std::string> reference_names{
      {"dncnn_s", "DnCNN-S gray (17 layers, BN, pytorch release: last conv no bias)"},
      {"dncnn_b", "DnCNN-B gray (20 layers, BN)"},
      {"unet_f16", "U-Net BN f=16 depth4 gray (2x2 deconv)"},
      {"unet_f32", "U-Net BN f=32 depth4 gray (2x2 deconv)"},
      {"durn_p", "DuRN DuRN_P"},
      {"red30", "RED-Net30 gray (64ch, stride 1 - paper)"},
      {"memnet", "MemNet M6R6 gray 64ch (Vandermode)"},
      {"nafnet_w16", "NAFNet w16 enc[1, 1, 1, 1] mid1 dec[1, 1, 1, 1] in3"},
      {"prenet", "PReNet (6 iterations)"},
      {"prenet_r", "PReNet_r (6 iterations)"},
      {"prn", "PRN (6 iterations)"},
      {"prn_r", "PRN_r (6 iterations)"},
      {"scan", "RESCAN Conv Full d7 c24 s1"},
      {"rescan_rnn", "RESCAN RNN Full d7 c24 s4"},
      {"rescan_gru", "RESCAN GRU Full d7 c24 s4"},
      {"rescan_gru_add", "RESCAN GRU Full d7 c24 s4"},
      {"rescan_lstm", "RESCAN LSTM Full d7 c24 s4"}};
  std::ifstream in(std::string(BENCH_SOURCE_DIR) + "/tests/reference/baseline_params.json");
  const auto file = nlohmann::json::parse(in);
  for (const auto& [name, reference_name] : reference_names) {
    const auto& expected = file.at(reference_name);
    EXPECT_EQ(method(name).parameters, expected.at("params").get<std::int64_t>()) << name;
    EXPECT_EQ(method(name).multiply_adds_64x64, expected.at("conv_macs_64x64").get<std::int64_t>())
        << name;
  }
}

TEST(Method, IsFoundByName) {
  EXPECT_EQ(method("dncnn_s").title, "DnCNN-S");
  EXPECT_EQ(method("dncnn_s").parameters, 556'096);
}

TEST(Method, SuggestsTheNearestName) {
  try {
    method("dncn_s");
    FAIL() << "no exception";
  } catch (const UnknownMethod& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"dncnn_s\"?"), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace bench::catalogue
