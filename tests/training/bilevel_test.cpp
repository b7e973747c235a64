#include "training/bilevel.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>

namespace bench::training {
namespace {

/// Smooth losses of a few weights and two architecture numbers, in double precision.
struct Toy {
  torch::Tensor weights = torch::tensor({0.3, -0.7, 1.1}, torch::kFloat64).requires_grad_();
  torch::Tensor architecture = torch::tensor({0.2, -0.4}, torch::kFloat64).requires_grad_();

  static torch::Tensor training(const torch::Tensor& w, const torch::Tensor& a) {
    return (torch::softmax(a, 0)[0] * w.square()).sum() + (torch::tanh(a[1]) * w.sin()).sum();
  }
  static torch::Tensor validation(const torch::Tensor& w, const torch::Tensor& a) {
    return (w - 0.5).square().sum() + a.square().sum() * w[0].cos();
  }

  BilevelProblem problem() {
    return {{weights},
            {architecture},
            [this] { return training(weights, architecture); },
            [this] { return validation(weights, architecture); }};
  }
};

/// Validation loss after one weight step, as a function of the architecture: by autograd alone.
torch::Tensor after_step(const Toy& toy, const torch::Tensor& architecture, const LookAhead& step) {
  const auto w = toy.weights.detach().clone().requires_grad_();
  const auto gradient =
      torch::autograd::grad({Toy::training(w, architecture)}, {w}, {}, true, true)[0];
  auto direction = gradient + step.weight_decay * w;
  if (!step.momentum_buffers.empty()) {
    direction = direction + step.momentum * step.momentum_buffers[0];
  }
  return Toy::validation(w - step.learning_rate * direction, architecture);
}

TEST(Bilevel, SecondOrderIsTheDifferenceQuotientOfTheUnrolledLoss) {
  Toy toy;
  const LookAhead step{.learning_rate = 0.1,
                       .momentum = 0.9,
                       .weight_decay = 0.01,
                       .momentum_buffers = {torch::tensor({0.1, 0.2, -0.3}, torch::kFloat64)}};
  const auto gradient = second_order_gradient(toy.problem(), step).gradient[0];
  for (std::int64_t i = 0; i < 2; ++i) {
    const double h = 1e-5;
    auto plus = toy.architecture.detach().clone();
    auto minus = plus.clone();
    plus[i] += h;
    minus[i] -= h;
    const double quotient =
        (after_step(toy, plus, step) - after_step(toy, minus, step)).item<double>() / (2 * h);
    // The method's own central difference has a radius of .01 along the unit gradient: an error of
    // its square times third derivatives of order 1.
    EXPECT_NEAR(gradient[i].item<double>(), quotient, 1e-4) << i;
  }
}

TEST(Bilevel, FirstOrderIsTheGradientAtThePresentWeights) {
  Toy toy;
  const auto gradient = first_order_gradient(toy.problem()).gradient[0];
  // d/da of |a|^2 cos(w0) is 2 a cos(w0).
  const auto expected = 2.0 * toy.architecture.detach() * std::cos(0.3);
  EXPECT_TRUE(torch::allclose(gradient, expected));
}

TEST(Bilevel, ASecondOrderStepOfRateZeroIsTheFirstOrder) {
  Toy toy;
  const auto first = first_order_gradient(toy.problem()).gradient[0];
  const auto second = second_order_gradient(toy.problem(), {.learning_rate = 0.0}).gradient[0];
  EXPECT_TRUE(torch::allclose(first, second));
}

TEST(Bilevel, LeavesWeightsAndGradientsAsTheyWere) {
  Toy toy;
  const auto before = toy.weights.detach().clone();
  second_order_gradient(toy.problem(), {.learning_rate = 0.1});
  EXPECT_TRUE(torch::equal(toy.weights.detach(), before));
  EXPECT_FALSE(toy.weights.grad().defined());
  EXPECT_FALSE(toy.architecture.grad().defined());
}

}  // namespace
}  // namespace bench::training
