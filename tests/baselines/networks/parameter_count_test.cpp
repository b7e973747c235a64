#include <gtest/gtest.h>

#include <map>

#include "baselines/networks/ddn.h"
#include "baselines/networks/dncnn.h"
#include "baselines/networks/durn_p.h"
#include "baselines/networks/memnet.h"
#include "baselines/networks/nafnet.h"
#include "baselines/networks/prenet.h"
#include "baselines/networks/red30.h"
#include "baselines/networks/rescan.h"
#include "baselines/networks/unet.h"
#include "golden.h"

namespace bench::baselines {
namespace {

template <typename Network, typename Options>
std::int64_t count(const Options& options) {
  return parameter_count(Network(options));
}

NafNetOptions nafnet(std::int64_t channels, std::int64_t width, std::vector<std::int64_t> encoders,
                     std::int64_t middle, std::int64_t decoders) {
  return {.image_channels = channels,
          .width = width,
          .encoder_blocks = std::move(encoders),
          .middle_blocks = middle,
          .decoder_blocks = std::vector<std::int64_t>(4, decoders)};
}

/// Our count by the name that the reference file gives the network.
std::map<std::string, std::int64_t> counts() {
  const auto dncnn = [](std::int64_t channels, std::int64_t depth, bool norm) {
    return count<DnCnn>(
        DnCnnOptions{.image_channels = channels, .convolutions = depth, .batch_norm = norm});
  };
  return {
      {"DnCNN-S gray (17 layers, BN, pytorch release: last conv no bias)", dncnn(1, 17, true)},
      {"DnCNN-S gray (17, BN merged, all biases = KAIR/.mat form)", dncnn(1, 17, false)},
      {"DnCNN-B gray (20 layers, BN)", dncnn(1, 20, true)},
      {"DnCNN-B gray (20, merged = KAIR dncnn_gray_blind)", dncnn(1, 20, false)},
      {"DnCNN-B color (20, merged)", dncnn(3, 20, false)},
      {"DnCNN-S color (17, BN)", dncnn(3, 17, true)},
      {"SaoYan DnCNN-S-25", count<DnCnn>(DnCnnOptions{.first_bias = false})},
      {"SaoYan DnCNN-B", count<DnCnn>(DnCnnOptions{.convolutions = 20, .first_bias = false})},
      {"RED-Net30 gray (64ch, stride 1 - paper)", count<Red30>(Red30Options{})},
      {"RED-Net30 RGB", count<Red30>(Red30Options{.image_channels = 3})},
      {"MemNet M6R6 gray 64ch (Vandermode)", count<MemNet>(MemNetOptions{})},
      {"MemNet M6R6 RGB", count<MemNet>(MemNetOptions{.image_channels = 3})},
      {"DuRN DuRN_P", count<DurnP>(DurnPOptions{})},
      // The released variant without normalization is for color.
      {"DuRN DuRN_P_no_norm", count<DurnP>(DurnPOptions{.image_channels = 3, .batch_norm = false})},
      {"U-Net BN f=16 depth4 gray (2x2 deconv)", count<Unet>(UnetOptions{.features = 16})},
      {"U-Net BN f=32 depth4 gray (2x2 deconv)", count<Unet>(UnetOptions{})},
      {"U-Net BN f=64 depth4 gray (2x2 deconv)", count<Unet>(UnetOptions{.features = 64})},
      {"U-Net BN f=32 depth4 RGB", count<Unet>(UnetOptions{.image_channels = 3})},
      {"PReNet (6 iterations)", count<PreNet>(PreNetOptions{})},
      {"PReNet_r (6 iterations)", count<PreNet>(PreNetOptions{.shared_blocks = true})},
      {"PRN (6 iterations)", count<PreNet>(PreNetOptions{.recurrent = false})},
      {"PRN_r (6 iterations)",
       count<PreNet>(PreNetOptions{.recurrent = false, .shared_blocks = true})},
      {"RESCAN GRU Full d7 c24 s4", count<Rescan>(RescanOptions{})},
      {"RESCAN RNN Full d7 c24 s4", count<Rescan>(RescanOptions{.kind = RecurrentKind::kRnn})},
      {"RESCAN LSTM Full d7 c24 s4", count<Rescan>(RescanOptions{.kind = RecurrentKind::kLstm})},
      {"RESCAN Conv Full d7 c24 s1",
       count<Rescan>(RescanOptions{.stages = 1, .kind = RecurrentKind::kNone})},
      {"DDN/DetailsNet 26 layer 16ch", count<Ddn>(DdnOptions{})},
      {"NAFNet w16 enc[1, 1, 1, 1] mid1 dec[1, 1, 1, 1] in1",
       count<NafNet>(nafnet(1, 16, {1, 1, 1, 1}, 1, 1))},
      {"NAFNet w16 enc[1, 1, 1, 1] mid1 dec[1, 1, 1, 1] in3",
       count<NafNet>(nafnet(3, 16, {1, 1, 1, 1}, 1, 1))},
      {"NAFNet w32 enc[1, 1, 1, 28] mid1 dec[1, 1, 1, 1] in3",
       count<NafNet>(nafnet(3, 32, {1, 1, 1, 28}, 1, 1))},
      {"NAFNet w32 enc[2, 2, 4, 8] mid12 dec[2, 2, 2, 2] in3",
       count<NafNet>(nafnet(3, 32, {2, 2, 4, 8}, 12, 2))},
  };
}

TEST(ParameterCount, IsThatOfTheReferenceFileForEveryNetwork) {
  const auto file = reference_json("BENCH_BASELINE_PARAMS", "baseline_params.json");
  for (const auto& [name, found] : counts()) {
    const auto& entry = file.at(name);
    const auto& expected = entry.contains("total") ? entry["total"] : entry.at("params");
    EXPECT_EQ(found, expected.get<std::int64_t>()) << name;
  }
}

}  // namespace
}  // namespace bench::baselines
