#include "baselines/networks/searchable_network.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "baselines/networks/darts.h"
#include "baselines/networks/hinas.h"
#include "baselines/networks/relaxed_supernet.h"
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
  EXPECT_THROW(parse_hinas_architecture(text + " "), std::invalid_argument);
}

training::Batch noisy_batch() {
  const auto clean = torch::rand({1, 1, 8, 8});
  return {clean + 0.1 * torch::randn_like(clean), clean};
}

/// Gradients of both orders must reach every logit tensor; then the derived network must exist.
template <typename Supernet>
std::string searched_architecture(const std::shared_ptr<Supernet>& supernet) {
  const RelaxedSupernet relaxed(supernet, {});
  const auto batch = relaxed.prepared(noisy_batch());
  const auto problem = training::bilevel_problem(relaxed, batch, batch);
  const auto first = training::first_order_gradient(problem).gradient;
  const auto second = training::second_order_gradient(problem, {}).gradient;
  EXPECT_EQ(first.size(), supernet->architecture_parameters().size());
  double total = 0.0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].sizes(), supernet->architecture_parameters()[i].sizes());
    EXPECT_TRUE(torch::isfinite(second[i]).all().template item<bool>());
    total += first[i].abs().sum().template item<double>();
  }
  EXPECT_GT(total, 0.0);
  return relaxed.architecture();
}

TEST(RelaxedSupernet, AFixedPassLeavesTheLogitsAlone) {
  torch::manual_seed(1);
  const auto supernet = std::make_shared<HiNasSupernet>(HiNasOptions{.features = 2});
  const RelaxedSupernet relaxed(supernet, {});
  const auto batch = relaxed.prepared(noisy_batch());
  relaxed.loss(batch, training::ArchitectureMode::kFixed).backward();
  for (const auto& logits : relaxed.logits()) {
    EXPECT_FALSE(logits.grad().defined());
    EXPECT_TRUE(logits.requires_grad());
  }
  for (const auto& weight : relaxed.weights()) EXPECT_TRUE(weight.grad().defined());
  relaxed.objective(batch).backward();
  for (const auto& logits : relaxed.logits()) EXPECT_TRUE(logits.grad().defined());
}

/// In double and with fixed statistics the loss is a smooth function of all it depends on, but for
/// the edges of its rectifiers: a small radius stays between them.
TEST(RelaxedSupernet, SecondOrderIsTheDifferenceQuotientThroughTheUnrolledStep) {
  torch::manual_seed(2);
  const auto supernet =
      std::make_shared<DartsSupernet>(DartsOptions{.node_channels = 2, .cells = 1});
  supernet->to(torch::kFloat64);
  supernet->eval();
  const RelaxedSupernet relaxed(supernet, {});
  const auto train = relaxed.prepared(noisy_batch());
  const auto validation = relaxed.prepared(noisy_batch());
  const training::LookAhead step{
      .learning_rate = 0.05, .momentum = 0.0, .weight_decay = 3e-4, .radius = 1e-7};
  const auto found =
      training::second_order_gradient(training::bilevel_problem(relaxed, train, validation), step);
  const auto unrolled = [&] {
    const auto weights = relaxed.weights();
    std::vector<torch::Tensor> kept;
    for (const auto& weight : weights) kept.push_back(weight.detach().clone());
    const auto loss = relaxed.loss(train, training::ArchitectureMode::kFixed);
    const auto slopes = torch::autograd::grad({loss}, weights, {}, std::nullopt, false, true);
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const auto slope = slopes[i].defined() ? slopes[i] : torch::zeros_like(kept[i]);
      torch::Tensor(weights[i]).sub_((slope + 3e-4 * kept[i]) * 0.05);
    }
    const double objective = relaxed.objective(validation).item<double>();
    for (std::size_t i = 0; i < weights.size(); ++i) torch::Tensor(weights[i]).copy_(kept[i]);
    return objective;
  };
  const auto logits = relaxed.logits().front();
  const auto flat = logits.detach().view(-1);  // shares the memory of the leaf
  const double h = 1e-6;
  for (std::int64_t i = 0; i < flat.numel(); i += 17) {
    const double before = flat[i].item<double>();
    flat[i] = before + h;
    const double above = unrolled();
    flat[i] = before - h;
    const double below = unrolled();
    flat[i] = before;
    const double truth = (above - below) / (2 * h);
    EXPECT_NEAR(found.gradient.front().view(-1)[i].item<double>(), truth,
                1e-3 * std::abs(truth) + 2e-6);
  }
}

TEST(DartsSupernet, DerivesANetworkThatRestores) {
  torch::manual_seed(1);
  const DartsOptions options{.node_channels = 4, .cells = 2};
  const auto text = searched_architecture(std::make_shared<DartsSupernet>(options));
  DartsNetwork derived(options, parse_genotype(CellSpace::kDarts, text));
  const auto degraded = torch::rand({1, 1, 17, 19});
  EXPECT_EQ(derived.forward(degraded).sizes(), degraded.sizes());
}

TEST(HiNasSupernet, DerivesANetworkThatRestores) {
  torch::manual_seed(1);
  const HiNasOptions options{.features = 2};
  const auto text = searched_architecture(std::make_shared<HiNasSupernet>(options));
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
