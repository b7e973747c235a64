#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "../tiny_search.h"
#include "clearer/search/supernet_passes.h"
#include "training/bilevel.h"

namespace bench::clearer {
namespace {

/// In double and with fixed statistics the objective is a smooth function of all it depends on.
struct TinyProblem {
  TinyProblem() : network(tiny_space(), SupernetSemantics::kPaper, seeded(3)) {
    network->to(torch::kFloat64);
    network->eval();
    torch::NoGradGuard no_grad;
    auto generator = seeded(4);
    network->architecture_logits().normal_(0.0, 0.5, generator);
    // With biases of 0, dead pixels would lie exactly on the edge of their rectifier.
    for (auto& entry : network->named_parameters()) {
      if (entry.key().ends_with("bias")) entry.value().normal_(0.0, 0.1, generator);
    }
    options.losses.lambda_complexity = 0.1;
  }

  Supernet network;
  SearchOptions options;
  training::Batch train = tiny_batch(0, 1, torch::kFloat64);
  training::Batch validation = tiny_batch(0, 2, torch::kFloat64);
};

/// Rectifiers make the slopes jump; differences must stay between the jumps to see derivatives.
constexpr double kSmallRadius = 1e-7;

/// L_val(w - rate (dL_train/dw + decay w), alpha), and then the weights as they were.
double unrolled_objective(TinyProblem& problem, const SupernetPasses& passes, double rate,
                          double decay) {
  const auto weights = problem.network->parameters();
  std::vector<torch::Tensor> kept;
  for (const auto& weight : weights) kept.push_back(weight.detach().clone());
  const auto loss = passes.restoration(problem.train, problem.network->probabilities().detach());
  const auto slopes = torch::autograd::grad({loss}, weights, {}, std::nullopt, false, true);
  torch::NoGradGuard no_grad;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const auto slope = slopes[i].defined() ? slopes[i] : torch::zeros_like(kept[i]);
    torch::Tensor(weights[i]).sub_((slope + decay * kept[i]) * rate);
  }
  const double objective = passes.objective(problem.validation).item<double>();
  for (std::size_t i = 0; i < weights.size(); ++i) torch::Tensor(weights[i]).copy_(kept[i]);
  return objective;
}

TEST(SecondOrderGradient, EqualsFiniteDifferencesThroughTheUnrolledStep) {
  TinyProblem problem;
  const SupernetPasses passes(problem.network, problem.options);
  const double rate = 0.05, decay = 3e-4;
  const auto found = training::second_order_gradient(
      training::bilevel_problem(passes, problem.train, problem.validation),
      {.learning_rate = rate, .momentum = 0.0, .weight_decay = decay, .radius = kSmallRadius});
  auto& logits = problem.network->architecture_logits();
  const double step = 1e-6;
  double first_order_error = 0.0;
  const auto first_order =
      torch::autograd::grad({passes.objective(problem.validation)}, {logits}).front();
  for (std::int64_t i = 0; i < logits.numel(); ++i) {
    double values[2];
    for (const int side : {0, 1}) {
      torch::NoGradGuard no_grad;
      logits.view(-1)[i] += side == 0 ? step : -2 * step;
      torch::AutoGradMode with_grad(true);
      values[side] = unrolled_objective(problem, passes, rate, decay);
    }
    {
      torch::NoGradGuard no_grad;
      logits.view(-1)[i] += step;
    }
    const double truth = (values[0] - values[1]) / (2 * step);
    EXPECT_NEAR(found.gradient.front().view(-1)[i].item<double>(), truth,
                1e-3 * std::abs(truth) + 2e-6);
    first_order_error =
        std::max(first_order_error, std::abs(first_order.view(-1)[i].item<double>() - truth));
  }
  EXPECT_GT(first_order_error, 1e-4);  // the test can tell the two orders apart
}

TEST(SecondOrderGradient, LeavesEverythingAsItWas) {
  TinyProblem problem;
  problem.network->train();
  training::State before;
  for (const auto& entry : problem.network->named_parameters()) {
    before.tensors.push_back({entry.key(), entry.value().detach().clone()});
  }
  for (const auto& entry : problem.network->named_buffers()) {
    before.tensors.push_back({entry.key(), entry.value().detach().clone()});
  }
  const SupernetPasses passes(problem.network, problem.options);
  training::second_order_gradient(
      training::bilevel_problem(passes, problem.train, problem.validation),
      {.learning_rate = 0.05, .momentum = 0.0, .weight_decay = 0.0});
  std::size_t i = 0;
  for (const auto& entry : problem.network->named_parameters()) {
    EXPECT_TRUE(torch::equal(entry.value(), before.tensors[i++].value)) << entry.key();
    EXPECT_FALSE(entry.value().grad().defined());
  }
  for (const auto& entry : problem.network->named_buffers()) {
    EXPECT_TRUE(torch::equal(entry.value(), before.tensors[i++].value)) << entry.key();
  }
}

TEST(Losses, ReachWhatTheRebuttalSays) {
  TinyProblem problem;
  const SupernetPasses passes(problem.network, problem.options);
  auto& logits = problem.network->architecture_logits();
  auto everything = problem.network->parameters();
  everything.push_back(logits);
  const auto terms =
      torch::autograd::grad({passes.terms()}, everything, {}, std::nullopt, false, true);
  for (std::size_t i = 0; i + 1 < terms.size(); ++i) EXPECT_FALSE(terms[i].defined());
  EXPECT_GT(terms.back().abs().max().item<double>(), 0.0);
  const auto restoration = passes.restoration(problem.train, problem.network->probabilities());
  for (const auto& slope : torch::autograd::grad({restoration}, everything)) {
    EXPECT_TRUE(slope.defined());
  }
}

}  // namespace
}  // namespace bench::clearer
