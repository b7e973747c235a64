#include "golden.h"

#include <gtest/gtest.h>

#include <map>

#include "baselines/networks/durn_p.h"
#include "baselines/networks/memnet.h"
#include "baselines/networks/nafnet.h"
#include "baselines/networks/prenet.h"
#include "baselines/networks/red30.h"
#include "baselines/networks/rescan.h"

namespace bench::baselines {
namespace {

using training::RestorationNetwork;

struct GoldenNetwork {
  std::function<std::shared_ptr<RestorationNetwork>()> make;
  bool predicts_rain = false;  ///< the golden is degraded - restored
};

GoldenNetwork rescan(const RescanOptions& options) {
  return {[=] { return std::make_shared<Rescan>(options); }, /*predicts_rain=*/true};
}

GoldenNetwork prenet(const PreNetOptions& options) {
  return {[=] { return std::make_shared<PreNet>(options); }};
}

/// The golden cases that are whole networks, by the beginning of their name in the file.
const std::map<std::string, GoldenNetwork>& golden_networks() {
  static const std::map<std::string, GoldenNetwork> networks{
      {"DuRN-P gray", {[] { return std::make_shared<DurnP>(DurnPOptions{}); }}},
      {"MemNet M6R6 ch64 gray", {[] { return std::make_shared<MemNet>(MemNetOptions{}); }}},
      {"RED-Net30 gray", {[] { return std::make_shared<Red30>(Red30Options{}); }}},
      {"RESCAN GRU Full", rescan({})},
      {"RESCAN RNN Full", rescan({.kind = RecurrentKind::kRnn})},
      {"RESCAN Conv Full", rescan({.stages = 1, .kind = RecurrentKind::kNone})},
      {"RESCAN GRU Add", rescan({.output = StageOutput::kAdditive})},
      {"PReNet 6 it", prenet({})},
      {"PReNet_r 6 it", prenet({.shared_blocks = true})},
      {"PRN 6 it", prenet({.recurrent = false})},
      {"PRN_r 6 it", prenet({.recurrent = false, .shared_blocks = true})},
      {"NAFNet w8", {[] {
         return std::make_shared<NafNet>(NafNetOptions{.image_channels = 1,
                                                       .width = 8,
                                                       .encoder_blocks = {1, 1, 1},
                                                       .middle_blocks = 1,
                                                       .decoder_blocks = {1, 1, 1}});
       }}}};
  return networks;
}

void check_network(const GoldenNetwork& golden, const nlohmann::json& expected) {
  const auto network = golden.make();
  network->to(torch::kFloat64);
  formula_init(*network, expected.at("named_parameters"));
  EXPECT_EQ(parameter_count(*network), expected.at("num_params").get<std::int64_t>());
  const torch::NoGradGuard no_grad;
  // Evaluation first: training moves the running statistics, which both cases find at 0 and 1.
  for (const char* mode : {"eval", "train"}) {
    SCOPED_TRACE(mode);
    network->train(std::string(mode) == "train");
    const auto degraded =
        formula_input(expected.at(mode).at("shape").get<std::vector<std::int64_t>>());
    const auto restored = network->forward(degraded);
    expect_golden(golden.predicts_rain ? degraded - restored : restored, expected.at(mode));
  }
}

TEST(Golden, EveryNetworkOfTheFileGivesItsForwardInDoublePrecision) {
  const auto file = reference_json("BENCH_BASELINE_GOLDEN", "baseline_golden.json");
  std::string skipped;
  for (const auto& [name, expected] : file.at("cases").items()) {
    if (name.starts_with("HiNAS")) continue;  // cells: hinas_golden_test.cpp
    SCOPED_TRACE(name);
    const auto& networks = golden_networks();
    const auto match = std::find_if(networks.begin(), networks.end(), [&](const auto& entry) {
      return name.starts_with(entry.first);
    });
    if (match == networks.end()) {
      skipped += " \"" + name + "\"";
      continue;
    }
    check_network(match->second, expected);
  }
  if (!skipped.empty()) GTEST_SKIP() << "no network here for" << skipped;
}

}  // namespace
}  // namespace bench::baselines
