#include <gtest/gtest.h>
#include <torch/nn/module.h>
#include <torch/types.h>

#include "../tiny_search.h"
#include "clearer/network/derived_network.h"
#include "clearer/network/supernet.h"
#include "clearer/space/cost.h"
#include "training/complexity.h"
#include "training/inference.h"

namespace bench::clearer {
namespace {

/// One space per option that changes the network, each away from its default.
std::vector<std::pair<std::string, SearchSpace>> spaces() {
  std::vector<std::pair<std::string, SearchSpace>> result;
  const auto with = [&](const std::string& name, auto change) {
    auto space = tiny_space();
    space.modules = {2, 2, 1, 1};
    space.channels = {4, 6, 8, 10};
    space.branches = 4;
    change(space);
    result.emplace_back(name, space);
  };
  with("released", [](SearchSpace&) {});
  for (const std::int64_t branches : {1, 2, 3}) {
    with(std::to_string(branches) + " branches", [&](SearchSpace& s) { s.branches = branches; });
  }
  with("rgb", [](SearchSpace& s) { s.image_channels = 3; });
  with("parallel stem", [](SearchSpace& s) { s.stem = Stem::kParallel; });
  with("3x3 head", [](SearchSpace& s) { s.head = Head::kConvolution3x3; });
  with("cell first", [](SearchSpace& s) { s.order = ModuleOrder::kTransitionLast; });
  with("no exchange", [](SearchSpace& s) { s.fusion_exchange = false; });
  with("global residual", [](SearchSpace& s) { s.global_residual = true; });
  with("instance norm", [](SearchSpace& s) { s.normalization = Normalization::kInstance; });
  with("no norm", [](SearchSpace& s) { s.normalization = Normalization::kNone; });
  with("bilinear", [](SearchSpace& s) { s.upsampling = Upsampling::kBilinear; });
  with("equal widths", [](SearchSpace& s) { s.channels = {4, 4, 4, 4}; });
  with("cell first, 2 branches, parallel stem", [](SearchSpace& s) {
    s.order = ModuleOrder::kTransitionLast;
    s.branches = 2;
    s.stem = Stem::kParallel;
  });
  return result;
}

std::int64_t parameter_total(const torch::nn::Module& network) {
  std::int64_t total = 0;
  for (const auto& parameter : network.parameters()) total += parameter.numel();
  return total;
}

TEST(SearchSpaceOptions, CostsFromTheSpaceEqualTheBuiltNetworks) {
  for (const auto& [name, space] : spaces()) {
    for (const auto& architecture :
         {alternating_architecture(cell_sizes(space)), random_architecture(cell_sizes(space), 3)}) {
      SCOPED_TRACE(name + " " + to_string(architecture));
      DerivedNetwork network(space, architecture, seeded(1));
      const auto built =
          training::complexity(network, torch::rand({1, space.image_channels, 16, 24}));
      const auto counted = network_cost(space, architecture, 16, 24);
      EXPECT_EQ(counted.parameters, built.parameters);
      EXPECT_EQ(counted.macs, built.convolution_macs);
    }
    Supernet network(space, SupernetSemantics::kPaper, seeded(1));
    EXPECT_EQ(supernet_cost(space, 16, 16).parameters, parameter_total(*network)) << name;
  }
}

TEST(SearchSpaceOptions, EachNetworkKeepsTheShapeAndLearns) {
  for (const auto& [name, space] : spaces()) {
    SCOPED_TRACE(name);
    DerivedNetwork network(space, alternating_architecture(cell_sizes(space)), seeded(1));
    const auto degraded = torch::rand({2, space.image_channels, 16, 24});
    const auto restored = network.forward(degraded);
    ASSERT_EQ(restored.sizes(), degraded.sizes());
    restored.square().mean().backward();
    for (const auto& entry : network.named_parameters()) {
      EXPECT_TRUE(entry.value().grad().defined()) << entry.key();
    }
  }
}

TEST(DerivedNetwork, WithBatchNormsFoldedIsTheSameFunction) {
  for (const auto& [name, space] : spaces()) {
    SCOPED_TRACE(name);
    auto network = std::make_shared<DerivedNetwork>(
        space, alternating_architecture(cell_sizes(space)), seeded(1));
    const auto degraded = torch::rand({2, space.image_channels, 16, 24});
    for (int step = 0; step < 3; ++step) network->forward(degraded);  // moves the statistics
    const auto folded = training::Restorer(network, {}).restore(degraded);
    const auto plain =
        training::Restorer(network, {.fold_batch_norms = false, .layout = training::Layout::kNchw})
            .restore(degraded);
    EXPECT_LT((folded - plain).abs().max().item<double>(),
              1e-5 * std::max(1.0, plain.abs().max().item<double>()));
  }
}

TEST(Supernet, OfCertainProbabilitiesIsTheDerivedNetwork) {
  for (const auto semantics : {SupernetSemantics::kPaper, SupernetSemantics::kAsReleased}) {
    const auto space = tiny_space();
    Supernet network(space, semantics, seeded(1));
    network->eval();
    const auto degraded = torch::rand({1, 1, 8, 8});
    for (const auto& architecture : every_architecture(cell_sizes(space))) {
      auto certain = torch::zeros({3, 2});
      const auto kinds = flattened(architecture);
      for (std::size_t i = 0; i < kinds.size(); ++i) {
        certain[static_cast<std::int64_t>(i)][static_cast<std::int64_t>(kinds[i])] = 1.0;
      }
      EXPECT_TRUE(torch::allclose(network->forward(degraded, certain),
                                  network->forward(degraded, architecture), 1e-5, 1e-6))
          << to_string(architecture);
    }
  }
}

TEST(Supernet, LeavesItsInputUntouched) {
  Supernet network(tiny_space(), SupernetSemantics::kPaper, seeded(1));
  const auto degraded = torch::rand({1, 1, 8, 8});
  const auto before = degraded.clone();
  network->forward(degraded);
  EXPECT_TRUE(torch::equal(degraded, before));
}

TEST(Initialize, IsDecidedByItsGenerator) {
  const auto space = tiny_space();
  const auto architecture = alternating_architecture(cell_sizes(space));
  DerivedNetwork a(space, architecture, seeded(7)), b(space, architecture, seeded(7)),
      c(space, architecture, seeded(8));
  for (std::size_t i = 0; i < a.parameters().size(); ++i) {
    EXPECT_TRUE(torch::equal(a.parameters()[i], b.parameters()[i]));
  }
  EXPECT_FALSE(torch::equal(a.parameters()[0], c.parameters()[0]));
}

TEST(Initialize, HasTheDeviationAskedFor) {
  SearchSpace space;
  DerivedNetwork network(space, alternating_architecture(cell_sizes(space)), seeded(7));
  const auto weight = network.named_parameters()["stage4.0.branches.3.0.conv1.weight"];
  // 589,824 draws: the standard error of the deviation is .1 %.
  EXPECT_NEAR(weight.std().item<double>(), 0.001, 0.00001);
  space.initialization = Initialization::kKaimingLastZeroed;
  DerivedNetwork fast(space, alternating_architecture(cell_sizes(space)), seeded(7));
  EXPECT_NEAR(fast.named_parameters()["stage4.0.branches.3.0.conv1.weight"].std().item<double>(),
              std::sqrt(2.0 / (256 * 9)), 3e-4);
  EXPECT_EQ(fast.named_parameters()["final_conv.0.weight"].abs().sum().item<double>(), 0.0);
}

TEST(SearchSpaceOptions, ImpossibleSpacesAreRefusedByName) {
  const auto refused = [](auto change, const std::string& name) {
    auto space = tiny_space();
    change(space);
    try {
      validate(space);
      FAIL() << "no exception for " << name;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
    }
  };
  refused([](SearchSpace& s) { s.modules = {2}; }, "modules");
  refused([](SearchSpace& s) { s.modules[1] = 0; }, "modules[1]");
  refused([](SearchSpace& s) { s.channels[2] = 0; }, "channels[2]");
  refused([](SearchSpace& s) { s.channels = {4, 4}; }, "channels");
  refused([](SearchSpace& s) { s.branches = 5; }, "branches");
  refused([](SearchSpace& s) { s.image_channels = 0; }, "image_channels");
  EXPECT_THROW(validate(tiny_space(), parse_architecture("PP|P")), std::invalid_argument);
}

TEST(DerivedNetwork, RefusesSidesThatItCannotHalve) {
  DerivedNetwork network(tiny_space(), parse_architecture("P|FP"), seeded(1));
  EXPECT_EQ(network.side_multiple(), 4);
  try {
    network.forward(torch::rand({1, 1, 8, 10}));
    FAIL() << "no exception";
  } catch (const c10::Error& error) {
    EXPECT_NE(std::string(error.what()).find("[1, 1, 8, 10]"), std::string::npos);
  }
}

}  // namespace
}  // namespace bench::clearer
