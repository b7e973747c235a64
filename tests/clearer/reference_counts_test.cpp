#include <gtest/gtest.h>
#include <torch/torch.h>

#include "clearer/search_space/derived_network.h"
#include "clearer/search_space/supernet.h"
#include "golden.h"

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

}  // namespace
}  // namespace bench::clearer
