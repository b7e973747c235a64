#include "training/optimizer.h"

#include <gtest/gtest.h>
#include <torch/nn/utils/clip_grad.h>
#include <torch/optim.h>
#include <torch/types.h>

#include "training/gradients.h"

namespace bench::training {
namespace {

std::vector<torch::Tensor> weights(torch::Dtype dtype) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{5});
  std::vector<torch::Tensor> result;
  for (const std::vector<std::int64_t>& shape :
       {std::vector<std::int64_t>{4, 3, 3, 3}, {7}, {1, 5, 1, 1}, {2, 33}}) {
    result.push_back(
        torch::randn(shape, generator, torch::TensorOptions(torch::kFloat64)).to(dtype));
  }
  result.front() = result.front().contiguous(torch::MemoryFormat::ChannelsLast);
  for (auto& weight : result) weight.requires_grad_();
  return result;
}

/// Gradients of a moving quadratic: different in each step, and of mixed sign.
void set_gradients(const std::vector<torch::Tensor>& weights, int step) {
  for (const auto& weight : weights) {
    weight.mutable_grad() = (weight.detach() - 0.1 * step).contiguous();
  }
}

void expect_equal_to(torch::optim::Optimizer& truth, std::vector<torch::Tensor> expected,
                     const OptimizerSettings& settings, torch::Dtype dtype, double tolerance) {
  auto found = weights(dtype);
  const auto optimizer = make_optimizer(settings, found);
  for (int step = 0; step < 20; ++step) {
    set_gradients(expected, step);
    set_gradients(found, step);
    const double norm = torch::nn::utils::clip_grad_norm_(expected, 2.5);
    EXPECT_NEAR(gradient_norm(found), norm, 1e-5 * norm);
    truth.step();
    optimizer->step(0.03, clipping_scale(norm, 2.5));
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_TRUE(torch::allclose(found[i], expected[i], tolerance, tolerance)) << "tensor " << i;
  }
}

TEST(Optimizer, AdamEqualsLibTorch) {
  OptimizerSettings settings;
  settings.beta1 = 0.5;
  settings.weight_decay = 1e-2;
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    auto expected = weights(dtype);
    torch::optim::Adam truth(
        expected, torch::optim::AdamOptions(0.03).betas({0.5, 0.999}).weight_decay(1e-2));
    expect_equal_to(truth, expected, settings, dtype, dtype == torch::kFloat32 ? 2e-6 : 1e-12);
  }
}

TEST(Optimizer, SgdEqualsLibTorch) {
  OptimizerSettings settings;
  settings.kind = OptimizerKind::kSgd;
  settings.weight_decay = 3e-4;
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    auto expected = weights(dtype);
    torch::optim::SGD truth(expected,
                            torch::optim::SGDOptions(0.03).momentum(0.9).weight_decay(3e-4));
    expect_equal_to(truth, expected, settings, dtype, dtype == torch::kFloat32 ? 2e-6 : 1e-12);
  }
}

TEST(Optimizer, LeavesAloneWhatHasNoGradient) {
  auto some = weights(torch::kFloat32);
  const auto before = some[1].detach().clone();
  const auto optimizer = make_optimizer({}, some);
  set_gradients(some, 1);
  some[1].mutable_grad().reset();
  optimizer->step(0.1);
  EXPECT_TRUE(torch::equal(some[1], before));
}

TEST(Optimizer, RefusesTheMemoryOfOtherWeights) {
  auto some = weights(torch::kFloat32);
  State state;
  make_optimizer({}, {some[0]})->append_state("x.", state);
  EXPECT_THROW(make_optimizer({}, {some[1]})->restore_state("x.", state), std::invalid_argument);
  EXPECT_THROW(make_optimizer({}, some)->restore_state("x.", state), std::invalid_argument);
  EXPECT_THROW(make_optimizer({}, {some[0]})->restore_state("y.", state), std::invalid_argument);
}

TEST(Optimizer, RefusesImpossibleSettings) {
  OptimizerSettings settings;
  settings.beta1 = 1.0;
  EXPECT_THROW(make_optimizer(settings, weights(torch::kFloat32)), std::invalid_argument);
}

}  // namespace
}  // namespace bench::training
