#include "baselines/searchable_network.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include "baselines/bilevel.h"
#include "baselines/darts.h"
#include "baselines/hinas.h"
#include "golden.h"

namespace bench::baselines {
namespace {

TEST(MostProbableWidths, AreThoseOfTheBestPathNotOfTheBestSteps) {
  // Greedy takes 0.6 and then at most 0.6 * 0.4 = 0.24; through 0.4 * 0.9 = 0.36 is better.
  const WidthTransitions transitions{{{0.6, 0.4, 0.0}},
                                     {{0.3, 0.3, 0.4}, {0.05, 0.9, 0.05}, {1.0, 0.0, 0.0}},
                                     {{1.0, 0.0, 0.0}, {0.1, 0.1, 0.8}, {1.0, 0.0, 0.0}}};
  EXPECT_EQ(most_probable_widths(transitions), (std::vector<std::size_t>{1, 1, 2}));
}

TEST(HiNasArchitecture, ReadsBackItsTextAndNamesWhatIsWrong) {
  const std::string cell =
      "con_3x3@0 sep_3x3@1 | sep_5x5@0 dil_3x3@2 | dil_5x5@1 skip@3 | con_3x3@4 skip@0";
  const auto text = "1: " + cell + " ; 1.5: " + cell + " ; 2: " + cell;
  const auto architecture = parse_hinas_architecture(text);
  EXPECT_EQ(architecture[1].width, 1u);
  EXPECT_EQ(to_string(architecture), text);
  EXPECT_THROW(parse_hinas_architecture("1: " + cell), std::invalid_argument);
  EXPECT_THROW(parse_hinas_architecture("3: " + cell), std::invalid_argument);
  EXPECT_THROW(parse_hinas_architecture(""), std::invalid_argument);
}

/// Trains the logits a little and requires them to move; then the derived network must exist.
template <typename Supernet>
std::string searched_architecture(Supernet& supernet) {
  const auto clean = torch::rand({1, 1, 8, 8});
  const auto degraded = clean + 0.1 * torch::randn_like(clean);
  const auto loss = [&] { return torch::mse_loss(supernet.forward(degraded), clean); };
  const BilevelProblem problem{supernet.weight_parameters(), supernet.architecture_parameters(),
                               loss, loss};
  const auto first = first_order_gradient(problem);
  const auto second = second_order_gradient(problem, {});
  EXPECT_EQ(first.size(), supernet.architecture_parameters().size());
  double total = 0.0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].sizes(), supernet.architecture_parameters()[i].sizes());
    EXPECT_TRUE(torch::isfinite(second[i]).all().template item<bool>());
    total += first[i].abs().sum().template item<double>();
  }
  EXPECT_GT(total, 0.0);
  return supernet.derived_architecture();
}

TEST(DartsSupernet, DerivesANetworkThatRestores) {
  torch::manual_seed(1);
  const DartsOptions options{.node_channels = 4, .cells = 2};
  DartsSupernet supernet(options);
  const auto text = searched_architecture(supernet);
  DartsNetwork derived(options, parse_genotype(CellSpace::kDarts, text));
  const auto degraded = torch::rand({1, 1, 17, 19});
  EXPECT_EQ(derived.forward(degraded).sizes(), degraded.sizes());
}

TEST(HiNasSupernet, DerivesANetworkThatRestores) {
  torch::manual_seed(1);
  const HiNasOptions options{.features = 2};
  HiNasSupernet supernet(options);
  const auto text = searched_architecture(supernet);
  HiNasNetwork derived(options, parse_hinas_architecture(text));
  const auto degraded = torch::rand({1, 1, 17, 19});
  EXPECT_EQ(derived.forward(degraded).sizes(), degraded.sizes());
}

TEST(HiNasSupernet, WidthLogitsDecideTheDerivedWidths) {
  HiNasSupernet supernet({.features = 2});
  const torch::NoGradGuard no_grad;
  auto parameters = supernet.architecture_parameters();
  // Stem to 2, then from 2 to 1.5, then from 1.5 to 1.
  parameters[3].index_put_({0, 2}, 9.0);
  parameters[4].index_put_({2, 1}, 9.0);
  parameters[5].index_put_({1, 0}, 9.0);
  const auto architecture = parse_hinas_architecture(supernet.derived_architecture());
  EXPECT_EQ(architecture[0].width, 2u);
  EXPECT_EQ(architecture[1].width, 1u);
  EXPECT_EQ(architecture[2].width, 0u);
}

}  // namespace
}  // namespace bench::baselines
