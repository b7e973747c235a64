#include <gtest/gtest.h>
#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "clearer/network/derived_network.h"
#include "clearer/network/supernet.h"
#include "clearer/space/cost.h"
#include "golden.h"
#include "training/complexity.h"

namespace bench::clearer {
namespace {

torch::Generator generator() {
  return at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
}

std::int64_t parameter_total(const torch::nn::Module& network) {
  std::int64_t total = 0;
  for (const auto& parameter : network.parameters()) total += parameter.numel();
  return total;
}

SearchSpace released_space(const nlohmann::json& sizes, std::int64_t image_channels) {
  SearchSpace space;
  space.image_channels = image_channels;
  space.channels = sizes.at("list_channels").get<std::vector<std::int64_t>>();
  space.modules = sizes.at("list_modules").get<std::vector<std::int64_t>>();
  return space;
}

Architecture named_architecture(const std::string& name, const SearchSpace& space) {
  const auto sizes = cell_sizes(space);
  if (name == "all_parallel") return uniform_architecture(sizes, ModuleKind::kParallel);
  if (name == "all_fusion") return uniform_architecture(sizes, ModuleKind::kFusion);
  auto modules = flattened(alternating_architecture(sizes));
  if (name == "alternating_1010") {
    for (auto& kind : modules) {
      kind = kind == ModuleKind::kParallel ? ModuleKind::kFusion : ModuleKind::kParallel;
    }
  }
  return architecture_of(modules, sizes);
}

TEST(ReferenceCounts, BuiltNetworksHaveThePublishedParameters) {
  const auto full_size = golden::reference_file("clearer_reference.json").at("networks_full_size");
  for (const std::int64_t channels : {1, 3}) {
    const auto space = released_space(full_size, channels);
    for (const auto& [name, expected] :
         full_size.at("nets").at("in_channel_" + std::to_string(channels)).items()) {
      SCOPED_TRACE(name + ", channels " + std::to_string(channels));
      std::int64_t found = 0;
      if (name == "supernet") {
        Supernet network(space, SupernetSemantics::kPaper, generator());
        found = parameter_total(*network);
        EXPECT_EQ(network->architecture_logits().numel(), expected.at("arch_params"));
      } else {
        found =
            parameter_total(DerivedNetwork(space, named_architecture(name, space), generator()));
      }
      EXPECT_EQ(found, expected.at("params").get<std::int64_t>());
    }
  }
}

TEST(ReferenceCounts, RunNetworksTakeThePublishedMacs) {
  const auto full_size = golden::reference_file("clearer_reference.json").at("networks_full_size");
  for (const std::int64_t channels : {1, 3}) {
    const auto space = released_space(full_size, channels);
    const auto image = torch::zeros({1, channels, 64, 64});
    for (const auto& [name, expected] :
         full_size.at("nets").at("in_channel_" + std::to_string(channels)).items()) {
      SCOPED_TRACE(name + ", channels " + std::to_string(channels));
      training::Complexity found;
      ModuleCost counted;
      if (name == "supernet") {
        Supernet network(space, SupernetSemantics::kPaper, generator());
        torch::NoGradGuard no_grad;
        found = training::convolutions_in([&] { network->forward(image); });
        counted = supernet_cost(space, 64, 64);
      } else {
        const auto architecture = named_architecture(name, space);
        DerivedNetwork network(space, architecture, generator());
        found = training::complexity(network, image);
        counted = network_cost(space, architecture, 64, 64);
      }
      EXPECT_EQ(found.convolution_macs, expected.at("conv_macs_64x64").get<std::int64_t>());
      EXPECT_EQ(found.convolution_activations,
                expected.at("conv_activations_64x64").get<std::int64_t>());
      EXPECT_EQ(counted.macs, expected.at("conv_macs_64x64").get<std::int64_t>());
      EXPECT_EQ(counted.parameters, expected.at("params").get<std::int64_t>());
    }
  }
}

TEST(ReferenceCounts, ModulesHaveThePublishedCosts) {
  const auto file = golden::reference_file("clearer_reference.json");
  const SearchSpace space;
  for (const auto& [branches, expected] : file.at("params_per_module").at("by_branches").items()) {
    const auto macs = file.at("conv_macs_per_module_64x64").at(branches);
    for (const auto& [kind, name] :
         {std::pair{ModuleKind::kParallel, "parallel"}, std::pair{ModuleKind::kFusion, "fusion"}}) {
      const auto found = module_cost(space, std::stoi(branches), kind, 64, 64);
      EXPECT_EQ(found.parameters, expected.at(name).get<std::int64_t>()) << branches << name;
      EXPECT_EQ(found.macs, macs.at(name).get<std::int64_t>()) << branches << name;
    }
  }
}

TEST(ReferenceCounts, FourParallelAndEightFusionModulesAsTabled) {
  // baseline_params.json: parameters by the number of parallel modules in stages 2, 3 and 4.
  const auto count = [](const char* text) {
    return parameter_count(SearchSpace{}, parse_architecture(text));
  };
  EXPECT_EQ(count("PPPP|FFFF|FFFF"), 4649024);
  EXPECT_EQ(count("PPPF|PFFF|FFFF"), 4811584);
  EXPECT_EQ(count("FFPP|FFFP|FPFF"), 5523840);
  EXPECT_EQ(count("FFFF|FFFF|PPPP"), 7498048);
}

}  // namespace
}  // namespace bench::clearer
