#include "training/relaxed_network.h"

#include <gtest/gtest.h>
#include <torch/nn/module.h>
#include <torch/types.h>

#include <cmath>
#include <numbers>

namespace bench::training {
namespace {

/// restored = degraded * (scale + first probability): one weight, two rows of choices, one
/// statistic.
class TinyRelaxation : public RelaxedNetwork {
 public:
  TinyRelaxation() {
    weight_ = network_->register_parameter("scale", torch::tensor({0.5}));
    logits_ = torch::tensor({{0.0, 0.0}, {0.0, std::log(3.0)}}).requires_grad_();
    network_->register_buffer("logits", logits_);
    network_->register_buffer("mean", torch::zeros({1}));
  }

  torch::nn::Module& module() const override { return *network_; }
  std::vector<torch::Tensor> weights() const override { return {weight_}; }
  std::vector<torch::Tensor> logits() const override { return {logits_}; }
  Batch prepared(const Batch& batch) const override { return batch; }
  torch::Tensor loss(const Batch& batch, ArchitectureMode) const override {
    const auto gain = weight_ + torch::softmax(logits_, -1)[0][0];
    return torch::mse_loss(batch.degraded * gain, batch.target);
  }
  torch::Tensor terms() const override { return 2.0 * logits_.sum(); }
  std::string architecture() const override { return "tiny"; }

 private:
  std::shared_ptr<torch::nn::Module> network_ = std::make_shared<torch::nn::Module>("tiny");
  torch::Tensor weight_, logits_;
};

Batch ones() {
  return {torch::ones({1, 1, 2, 2}), torch::zeros({1, 1, 2, 2})};
}

TEST(RelaxedNetwork, ItsObjectiveIsLossAndTerms) {
  const TinyRelaxation network;
  EXPECT_NEAR(network.objective(ones()).item<double>(), 1.0 + 2.0 * std::log(3.0), 1e-6);
}

TEST(RelaxedNetwork, ItsProbabilitiesAreOneRowAChoice) {
  const auto rows = TinyRelaxation().probabilities();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_NEAR(rows[0][0], 0.5, 1e-7);
  EXPECT_NEAR(rows[1][1], 0.75, 1e-7);
}

TEST(RelaxedNetwork, ItsStatisticsAreBuffersThatAreNoLogits) {
  const auto statistics = TinyRelaxation().statistics();
  ASSERT_EQ(statistics.size(), 1U);
  EXPECT_EQ(statistics.front().numel(), 1);
}

TEST(RelaxedNetwork, TheValidationLossOfItsProblemHasTheTerms) {
  const TinyRelaxation network;
  const auto found = first_order_gradient(bilevel_problem(network, ones(), ones()));
  // d/dlogit of (0.5 + p)^2 is 2 p (1 - p) = 0.5; the terms add 2.
  EXPECT_NEAR(found.gradient.front()[0][0].item<double>(), 2.5, 1e-6);
  EXPECT_NEAR(found.gradient.front()[1][0].item<double>(), 2.0, 1e-6);
}

TEST(MeanEntropy, IsLnTwoUndecidedAndZeroDecided) {
  EXPECT_NEAR(mean_entropy_nats({{0.5, 0.5}}), std::numbers::ln2, 1e-14);
  EXPECT_EQ(mean_entropy_nats({{1.0, 0.0}}), 0.0);
  EXPECT_NEAR(mean_entropy_nats({{0.5, 0.5}, {0.0, 1.0}}), std::numbers::ln2 / 2, 1e-14);
  EXPECT_EQ(mean_entropy_nats({}), 0.0);
}

}  // namespace
}  // namespace bench::training
