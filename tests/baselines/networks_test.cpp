#include "baselines/networks.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <stdexcept>

#include "golden.h"
#include "methods/method.h"

namespace bench::baselines {
namespace {

NetworkOptions options_of(const std::string&) {
  return {};
}

TEST(MakeNetwork, KnowsEveryNetworkOfTheCatalogueAndNoOther) {
  std::vector<std::string> expected;
  for (const auto& row : methods::catalogue()) {
    if (row.kind == methods::MethodKind::kNetwork || row.kind == methods::MethodKind::kSupernet) {
      expected.push_back(row.name);
    }
  }
  EXPECT_EQ(network_names(), expected);
}

TEST(MakeNetwork, HasTheCatalogueCount) {
  for (const auto& name : network_names()) {
    const auto& row = methods::method(name);
    if (!row.parameters) continue;
    EXPECT_EQ(parameter_count(*make_network(name, row.image_channels, options_of(name))),
              *row.parameters)
        << name;
  }
}

TEST(MakeNetwork, RestoresGreyAndColourOfTheSameShapeWithGradients) {
  for (const auto& name : network_names()) {
    for (const std::int64_t channels : {1, 3}) {
      SCOPED_TRACE(name + ", " + std::to_string(channels) + " channels");
      const auto network = make_network(name, channels, options_of(name));
      const auto side = std::max<std::int64_t>(32, network->side_multiple());
      const auto degraded = torch::rand({2, channels, side, side});
      const auto before = degraded.clone();
      const auto outputs = network->forward_all(degraded);
      ASSERT_FALSE(outputs.empty());
      EXPECT_EQ(outputs.back().sizes(), degraded.sizes());
      EXPECT_TRUE(torch::equal(degraded, before)) << "the input must stay as it is";
      outputs.back().square().mean().backward();
      std::int64_t with_gradient = 0;
      for (const auto& parameter : network->parameters()) {
        if (parameter.grad().defined()) ++with_gradient;
      }
      EXPECT_GT(with_gradient, 0);
    }
  }
}

TEST(MakeNetwork, RefusesUnknownNamesWithASuggestion) {
  EXPECT_THROW(make_network("dncn_s", 1), methods::UnknownMethod);
  EXPECT_THROW(make_network("bm3d", 1), std::invalid_argument);
  EXPECT_THROW(make_network("dncnn_s", 2), std::invalid_argument);
}

}  // namespace
}  // namespace bench::baselines
