#include "stages/tiles.h"

#include <gtest/gtest.h>
#include <torch/nn/init.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <map>

#include "baselines/networks/dncnn.h"
#include "baselines/networks/networks.h"
#include "baselines/networks/unet.h"
#include "stages/image_tensor.h"
#include "stages/loaded_network.h"
#include "stages/receptive_field.h"
#include "training/inference.h"

namespace bench::stages {
namespace {

using datasets::FloatImage;
using Network = std::shared_ptr<training::RestorationNetwork>;

Network dncnn(std::int64_t convolutions) {
  torch::manual_seed(1);
  return std::make_shared<baselines::DnCnn>(
      baselines::DnCnnOptions{.convolutions = convolutions, .features = 8});
}

Network unet() {
  torch::manual_seed(2);
  return std::make_shared<baselines::Unet>(baselines::UnetOptions{.features = 4});
}

FloatImage noise(int height, int width) {
  torch::manual_seed(3);
  return image_of(torch::rand({1, 1, height, width}));
}

Restoration restoration(const Network& network) {
  const auto restorer =
      std::make_shared<const training::Restorer>(network, training::InferenceOptions{});
  return
      [restorer](const FloatImage& image) { return image_of(restorer->restore(tensor_of(image))); };
}

double largest_difference(const FloatImage& one, const FloatImage& other) {
  return (tensor_of(one) - tensor_of(other)).abs().max().item<double>();
}

TEST(ReceptiveField, GrowsByOnePixelWithEachConvolutionOf3x3) {
  EXPECT_EQ(receptive_radius(*dncnn(3), 1), 3);
  EXPECT_EQ(receptive_radius(*dncnn(17), 1), 17);
}

TEST(ReceptiveField, OfTwentyConvolutionsOfARecurrentNetworkIsWhatTheirNumberAllows) {
  // PRN, 6 times: 1 convolution, 5 residual blocks of 2, 1 convolution.
  EXPECT_EQ(receptive_radius(*baselines::make_network("prn_r", 3), 3), 6 * 12);
}

TEST(ReceptiveField, OfAMeanOverTheImageIsTheWholeImage) {
  EXPECT_EQ(receptive_radius(*baselines::make_network("rescan_gru", 3), 3, 64), std::nullopt);
}

TEST(ReceptiveField, BeyondTheLimitIsNoRadius) {
  EXPECT_EQ(receptive_radius(*dncnn(17), 1, 10), std::nullopt);
}

TEST(Tiles, AreEqualToTheWholeImageWhereTheyOverlapEnough) {
  const auto image = noise(100, 75);
  const auto restore = restoration(dncnn(5));
  const auto whole = restore(image);
  EXPECT_LT(largest_difference(whole, restored_in_tiles(restore, image, {32, 5, 1})), 1e-6);
  EXPECT_GT(largest_difference(whole, restored_in_tiles(restore, image, {32, 1, 1})), 1e-6);
}

TEST(Tiles, OfAPyramidBeginWhereItsCoarsestPixelsBegin) {
  const auto image = noise(250, 330);
  const Network network = unet();
  const auto multiple = static_cast<int>(network->side_multiple());
  const auto radius = receptive_radius(*unet(), 1);
  ASSERT_TRUE(radius.has_value());
  const auto restore = restoration(network);
  const auto tiled = restored_in_tiles(restore, image, {50, static_cast<int>(*radius), multiple});
  EXPECT_LT(largest_difference(restore(image), tiled), 1e-5);
}

/// Small, and with a non-local part that does something: untrained, NLRN's does not.
Network nonlocal(const std::string& name) {
  torch::manual_seed(4);
  const std::map<std::string, double> small =
      name == "n3net"
          ? std::map<std::string, double>{{"features", 2}, {"depth", 2}, {"neighbors", 2}}
          : std::map<std::string, double>{{"features", 4}, {"steps", 2}, {"window", 21}};
  const auto network = baselines::make_network(name, 1, {.sizes = small});
  for (const auto& parameter : network->named_parameters()) {
    if (parameter.key() == "non_local.g.weight") torch::nn::init::normal_(parameter.value());
  }
  return network;
}

TEST(Tiles, OfNonLocalNetworksSeeTheNeighborhoodsOfTheWholeImage) {
  for (const auto& [name, height] : {std::pair{"n3net", 650}, std::pair{"nlrn", 180}}) {
    SCOPED_TRACE(name);
    const auto image = noise(height, 90);
    const Network network = nonlocal(name);
    const auto restore = restoration(network);
    const auto whole = restore(image);
    const auto multiple = static_cast<int>(network->side_multiple());
    const auto radius = receptive_radius(*nonlocal(name), 1, 300);
    ASSERT_TRUE(radius.has_value());
    const auto difference = [&](int overlap) {
      return largest_difference(whole, restored_in_tiles(restore, image, {50, overlap, multiple}));
    };
    EXPECT_LT(difference(static_cast<int>(*radius)), 1e-5);
    EXPECT_GT(difference(20), 1e-5);
  }
}

TEST(LoadedNetwork, TellsGrayFromColor) {
  EXPECT_EQ(image_channels_of(*dncnn(3)), 1);
  EXPECT_EQ(image_channels_of(*baselines::make_network("n3net", 1)), 1);
  EXPECT_EQ(image_channels_of(*baselines::make_network("prn_r", 3)), 3);
  EXPECT_EQ(image_channels_of(*baselines::make_network("prn_r", 1)), 1);
}

}  // namespace
}  // namespace bench::stages
