#include <gtest/gtest.h>

#include <map>

#include "baselines/networks/network_weights.h"
#include "baselines/weights/safetensors.h"
#include "baselines/weights/weights_error.h"
#include "golden.h"
#include "image.h"
#include "tests/shared_folder.h"

namespace bench::baselines {
namespace {

struct PublicWeights {
  std::string method;
  std::string file;
};

/// By the beginning of the case's name in the reference file, which goes on with " on IMAGE".
const std::map<std::string, PublicWeights> kWeights{
    {"DnCNN-S sigma30", {"dncnn_s", "dncnn_s_sigma30"}},
    {"DnCNN-S sigma25 KAIR", {"dncnn_s", "dncnn_s_sigma25"}},
    {"PReNet Rain1400", {"prenet", "prenet_rain1400"}},
    {"PReNet Rain100H", {"prenet", "prenet_rain100h"}},
    {"PRN Rain100H", {"prn", "prn_rain100h"}}};

std::shared_ptr<training::RestorationNetwork> load(const PublicWeights& weights) {
  const auto path = tests::shared_folder() / "weights" / (weights.file + ".safetensors");
  const auto opened = weights::SafetensorsFile::open(path);
  return load_network(weights.method, path.string(), opened.tensors());
}

void expect_values(const torch::Tensor& output, const nlohmann::json& expected) {
  constexpr double kTolerance = 1e-4;
  ASSERT_EQ(output.sizes().vec(), expected.at("shape").get<std::vector<std::int64_t>>());
  const auto flat = output.to(torch::kFloat64).view({-1});
  EXPECT_NEAR(flat.mean().item<double>(), expected.at("mean").get<double>(), kTolerance);
  // The reference's own form of the deviation is not stated; the two differ by far less than this.
  EXPECT_NEAR(flat.std().item<double>(), expected.at("std").get<double>(), kTolerance);
  const auto first = expected.at("first16").get<std::vector<double>>();
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_NEAR(flat[static_cast<std::int64_t>(i)].item<double>(), first[i], kTolerance) << i;
  }
  const auto last = expected.at("last4").get<std::vector<double>>();
  for (std::size_t i = 0; i < last.size(); ++i) {
    const auto index = flat.numel() - static_cast<std::int64_t>(last.size() - i);
    EXPECT_NEAR(flat[index].item<double>(), last[i], kTolerance) << index;
  }
}

double psnr_db(const torch::Tensor& restored, const torch::Tensor& target) {
  const auto difference = restored.clamp(0, 1).to(torch::kFloat64) - target.to(torch::kFloat64);
  return -10.0 * std::log10(difference.square().mean().item<double>());
}

/// The clean image of a degraded fixture, where the reference file gives a PSNR.
std::filesystem::path clean_of(const std::string& image) {
  const auto folder = tests::shared_folder() / "reference/metric_fixtures";
  return folder /
         (image.starts_with("rgb_coffee") ? "rgb_coffee_rain_ref.png" : "gray_camera_ref.png");
}

void check_case(const PublicWeights& weights, const std::string& image,
                const nlohmann::json& expected) {
  const torch::NoGradGuard no_grad;
  const auto degraded = read_png(tests::shared_folder() / "reference/metric_fixtures" / image);
  const auto restored = load(weights)->forward(degraded);
  expect_values(restored, expected.at("out"));
  for (const char* key : {"psnr_out", "psnr_clipped_float"}) {
    if (!expected.contains(key)) continue;
    EXPECT_NEAR(psnr_db(restored, read_png(clean_of(image))), expected[key].get<double>(), 1e-3);
  }
}

TEST(Pretrained, PublicWeightsGiveTheirReferenceForward) {
  const auto file = reference_json("BENCH_PRETRAINED_GOLDEN", "pretrained_golden.json");
  std::string skipped;
  for (const auto& [name, expected] : file.at("cases").items()) {
    SCOPED_TRACE(name);
    const auto on = name.find(" on ");
    ASSERT_NE(on, std::string::npos);
    const auto weights = kWeights.find(name.substr(0, on));
    if (weights == kWeights.end() ||
        !std::filesystem::exists(tests::shared_folder() / "weights" /
                                 (weights->second.file + ".safetensors"))) {
      skipped += " \"" + name + "\"";
      continue;
    }
    check_case(weights->second, name.substr(on + 4), expected);
  }
  if (!skipped.empty()) GTEST_SKIP() << "no weights or no network here for" << skipped;
}

TEST(Pretrained, FoldingNormalizationsKeepsTheOutput) {
  const PublicWeights weights{"dncnn_s", "dncnn_s_bn_sigma25"};
  if (!std::filesystem::exists(tests::shared_folder() / "weights/dncnn_s_bn_sigma25.safetensors")) {
    GTEST_SKIP() << "weights dncnn_s_bn_sigma25 are not here";
  }
  const torch::NoGradGuard no_grad;
  const auto network = load(weights);
  const auto folded = network->folded();
  ASSERT_NE(folded, nullptr);
  EXPECT_EQ(parameter_count(*folded), 555'137);  // baseline_params.json, BN merged
  const auto degraded =
      read_png(tests::shared_folder() / "reference/metric_fixtures/gray_camera_192_s30.png");
  const auto difference = (network->forward(degraded) - folded->forward(degraded)).abs().max();
  EXPECT_LT(difference.item<double>(), 1e-5);
}

TEST(Pretrained, WeightsOfAnotherNetworkAreRefusedByTensorName) {
  const auto path = tests::shared_folder() / "weights/prn_rain100h.safetensors";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "weights prn_rain100h are not here";
  const auto opened = weights::SafetensorsFile::open(path);
  try {
    load_network("prenet", path.string(), opened.tensors());
    FAIL() << "no exception";
  } catch (const weights::WeightsError& error) {
    EXPECT_NE(std::string(error.what()).find("missing \"conv_f.0.bias\""), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace bench::baselines
