#include "baselines/networks/networks.h"

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <stdexcept>

#include "baselines/catalogue/method.h"
#include "baselines/catalogue/size.h"
#include "golden.h"
#include "training/inference.h"

namespace bench::baselines {
namespace {

/// Derived networks need an architecture; any will do here.
NetworkOptions options_of(const std::string& name) {
  const std::string cell =
      "sep_3x3@0 skip@1 | sep_5x5@0 dil_3x3@2 | dil_5x5@1 skip@3 | skip@4 skip@0";
  if (name == "hinas") return {.architecture = "1: " + cell + " ; 1.5: " + cell + " ; 2: " + cell};
  if (name == "darts_cell") return {.architecture = cell};
  return {};
}

/// As small as every network takes it: at least 32 x 16.
torch::Tensor image_for(const training::RestorationNetwork& network, std::int64_t channels) {
  return training::padded(torch::rand({1, channels, 32, 16}), network.side_multiple());
}

TEST(MakeNetwork, KnowsEveryNetworkOfTheCatalogueAndNoOther) {
  std::vector<std::string> expected;
  for (const auto& row : catalogue::catalogue()) {
    if (row.kind == catalogue::MethodKind::kNetwork ||
        row.kind == catalogue::MethodKind::kSupernet) {
      expected.push_back(row.name);
    }
  }
  EXPECT_EQ(network_names(), expected);
}

TEST(MakeNetwork, HasTheCatalogueCount) {
  for (const auto& name : network_names()) {
    const auto& row = catalogue::method(name);
    if (!row.parameters) continue;
    EXPECT_EQ(parameter_count(*make_network(name, row.image_channels, options_of(name))),
              *row.parameters)
        << name;
  }
}

TEST(MakeNetwork, RestoresGrayAndColorOfTheSameShape) {
  const torch::NoGradGuard no_grad;
  for (const auto& name : network_names()) {
    for (const std::int64_t channels : {1, 3}) {
      SCOPED_TRACE(name + ", " + std::to_string(channels) + " channels");
      const auto network = make_network(name, channels, options_of(name));
      const auto degraded = image_for(*network, channels);
      const auto before = degraded.clone();
      const auto outputs = network->forward_all(degraded);
      ASSERT_FALSE(outputs.empty());
      for (const auto& output : outputs) EXPECT_EQ(output.sizes(), degraded.sizes());
      EXPECT_TRUE(torch::equal(degraded, before)) << "the input must stay as it is";
    }
  }
}

TEST(MakeNetwork, HandsAGradientToEveryParameter) {
  for (const auto& name : network_names()) {
    const auto channels = catalogue::method(name).image_channels;
    const auto network = make_network(name, channels, options_of(name));
    const auto restored = network->forward(image_for(*network, channels));
    restored.square().mean().backward();
    for (const auto& parameter : network->named_parameters()) {
      if (parameter.key().starts_with("unused_norm")) continue;  // of N3Net, as published
      EXPECT_TRUE(parameter.value().grad().defined()) << name << ": " << parameter.key();
    }
  }
}

TEST(MakeNetwork, WantsSidesThatTheCatalogueOfSizesKnows) {
  for (const auto& name : network_names()) {
    EXPECT_EQ(make_network(name, 1, options_of(name))->side_multiple(),
              catalogue::side_multiple_of(name))
        << name;
  }
}

TEST(MakeNetwork, TakesEverySizeOfTheTableAndNoOther) {
  const torch::NoGradGuard no_grad;
  for (auto name : network_names()) {
    auto options = options_of(name);
    for (const auto& size : catalogue::sizes_of(name)) options.sizes[size.name] = size.published;
    const auto as_published = parameter_count(*make_network(name, 1, options));
    EXPECT_EQ(as_published, parameter_count(*make_network(name, 1, options_of(name)))) << name;
    for (const auto& size : catalogue::sizes_of(name)) {
      SCOPED_TRACE(name + ", " + size.name);
      auto smaller = options_of(name);
      smaller.sizes[size.name] = size.least;
      const auto network = make_network(name, 1, smaller);
      const auto degraded = image_for(*network, 1);
      EXPECT_EQ(network->forward(degraded).sizes(), degraded.sizes());
      smaller.sizes[size.name] = size.least - 1;
      EXPECT_THROW(make_network(name, 1, smaller), std::invalid_argument);
    }
    options.sizes["no such size"] = 1;
    EXPECT_THROW(make_network(name, 1, options), std::invalid_argument) << name;
  }
}

TEST(MakeNetwork, WithItsLastConvolutionAtZeroHandsTheImageOn) {
  const torch::NoGradGuard no_grad;
  for (const auto& name : network_names()) {
    auto options = options_of(name);
    for (const auto& size : catalogue::sizes_of(name)) {
      if (size.name == "zero_last") options.sizes["zero_last"] = 1;
    }
    if (options.sizes.empty()) continue;
    const auto degraded = torch::rand({1, 1, 32, 16});
    EXPECT_TRUE(torch::equal(make_network(name, 1, options)->forward(degraded), degraded)) << name;
  }
}

/// How differently an untrained SCAN sees two images, pixel by pixel. Their difference is free of
/// what biases and borders do.
double spread_of_what_scan_sees(double kaiming) {
  torch::manual_seed(11);
  const torch::NoGradGuard no_grad;
  const auto network = make_network("scan", 1, {.sizes = {{"kaiming", kaiming}}});
  const auto one = torch::rand({4, 1, 32, 32}), other = torch::rand({4, 1, 32, 32});
  const auto rain = [&](const torch::Tensor& degraded) {
    return degraded - network->forward(degraded);
  };
  return (rain(one) - rain(other)).std({2, 3}).mean().item<double>();
}

TEST(MakeNetwork, DrawsWeightsThroughWhichScanSeesItsImage) {
  // As LibTorch draws them, next to nothing of the image is left after its seven layers, and the
  // gradients of a short training say nothing (docs/methods.md).
  const double as_drawn = spread_of_what_scan_sees(0), kaiming = spread_of_what_scan_sees(1);
  EXPECT_LT(as_drawn, 1e-3);
  EXPECT_GT(kaiming, 20 * as_drawn);
}

TEST(MakeNetwork, RefusesUnknownNamesWithASuggestion) {
  EXPECT_THROW(make_network("dncn_s", 1), catalogue::UnknownMethod);
  EXPECT_THROW(make_network("bm3d", 1), std::invalid_argument);
  EXPECT_THROW(make_network("hinas", 1), std::invalid_argument);
  EXPECT_THROW(make_network("dncnn_s", 2), std::invalid_argument);
}

}  // namespace
}  // namespace bench::baselines
