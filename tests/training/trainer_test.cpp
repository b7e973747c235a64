#include "training/trainer.h"

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <limits>

#include "tiny_network.h"

namespace bench::training {
namespace {

Recipe recipe_of(OptimizerKind kind) {
  Recipe recipe;
  recipe.steps = 30;
  recipe.optimizer.kind = kind;
  recipe.schedule.learning_rate = 1e-2;
  return recipe;
}

void expect_same_tensors(const State& a, const State& b) {
  ASSERT_EQ(a.tensors.size(), b.tensors.size());
  for (std::size_t i = 0; i < a.tensors.size(); ++i) {
    EXPECT_EQ(a.tensors[i].name, b.tensors[i].name);
    EXPECT_TRUE(torch::equal(a.tensors[i].value, b.tensors[i].value)) << a.tensors[i].name;
  }
  EXPECT_EQ(a.facts, b.facts);
}

TEST(Trainer, LearnsToRemoveNoise) {
  Trainer trainer(std::make_shared<TinyNetwork>(1), recipe_of(OptimizerKind::kAdam), noisy_batch);
  std::vector<double> losses;
  trainer.run(30, [&](const StepReport& report) {
    losses.push_back(report.loss);
    return true;
  });
  ASSERT_EQ(losses.size(), 30u);
  EXPECT_TRUE(trainer.finished());
  EXPECT_LT(losses.back(), 0.5 * losses.front());
}

TEST(Trainer, GoesOnBitIdenticallyFromAnyPoint) {
  for (const auto kind : {OptimizerKind::kAdam, OptimizerKind::kSgd}) {
    Trainer whole(std::make_shared<TinyNetwork>(1), recipe_of(kind), noisy_batch);
    whole.run(30, {});
    const auto expected = whole.state();
    std::srand(static_cast<unsigned>(::testing::UnitTest::GetInstance()->random_seed()));
    for (int point = 0; point < 3; ++point) {
      const auto stop = 1 + std::rand() % 29;
      SCOPED_TRACE("interrupted after step " + std::to_string(stop));
      Trainer before(std::make_shared<TinyNetwork>(1), recipe_of(kind), noisy_batch);
      before.run(stop, {});
      const auto saved = before.state();
      before.run(stop + 1, {});  // the state is a copy: this must not show in it
      Trainer after(std::make_shared<TinyNetwork>(77), recipe_of(kind), noisy_batch);
      after.restore(saved);
      EXPECT_EQ(after.position(), stop);
      after.run(30, {});
      expect_same_tensors(after.state(), expected);
    }
  }
}

/// Its first output is its input.
class TwoOutputs : public TinyNetwork {
 public:
  using TinyNetwork::TinyNetwork;
  std::vector<torch::Tensor> forward_all(const torch::Tensor& degraded) override {
    return {degraded, forward(degraded)};
  }
};

TEST(Trainer, LooksAtTheOutputsThatTheRecipeNames) {
  const auto first_loss = [](Supervision supervision) {
    auto recipe = recipe_of(OptimizerKind::kAdam);
    recipe.supervision = supervision;
    return Trainer(std::make_shared<TwoOutputs>(1), recipe, noisy_batch).step().loss;
  };
  const auto batch = noisy_batch(0);
  const double of_input = torch::mse_loss(batch.degraded, batch.target).item<double>();
  EXPECT_NEAR(first_loss(Supervision::kAllOutputs), first_loss(Supervision::kLastOutput) + of_input,
              1e-6);
}

TEST(Trainer, StopsWhenTheObserverSaysSo) {
  Trainer trainer(std::make_shared<TinyNetwork>(1), recipe_of(OptimizerKind::kAdam), noisy_batch);
  trainer.run(30, [](const StepReport& report) { return report.step < 4; });
  EXPECT_EQ(trainer.position(), 5);
}

std::string term_of_divergence(Trainer& trainer, std::int64_t expected_step) {
  try {
    trainer.run(30, {});
  } catch (const DivergenceError& error) {
    EXPECT_EQ(error.step(), expected_step);
    EXPECT_NE(std::string(error.what()).find(error.term()), std::string::npos);
    return error.term();
  }
  return "none";
}

TEST(Trainer, NamesStepAndTermOfABrokenBatch) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Trainer degraded(std::make_shared<TinyNetwork>(1), recipe_of(OptimizerKind::kAdam),
                   [&](std::int64_t step) {
                     auto batch = noisy_batch(step);
                     if (step == 3) batch.degraded[0][0][2][2] = nan;
                     return batch;
                   });
  EXPECT_EQ(term_of_divergence(degraded, 3), "degraded");
  Trainer target(std::make_shared<TinyNetwork>(1), recipe_of(OptimizerKind::kAdam),
                 [&](std::int64_t step) {
                   auto batch = noisy_batch(step);
                   if (step == 5) batch.target[0][0][2][2] = nan;
                   return batch;
                 });
  EXPECT_EQ(term_of_divergence(target, 5), "target");
}

TEST(Trainer, NamesStepAndTermOfBrokenWeights) {
  const auto network = std::make_shared<TinyNetwork>(1);
  Trainer trainer(network, recipe_of(OptimizerKind::kAdam), [&](std::int64_t step) {
    if (step == 7) {
      torch::NoGradGuard no_grad;
      network->parameters().front().fill_(std::numeric_limits<float>::infinity());
    }
    return noisy_batch(step);
  });
  EXPECT_EQ(term_of_divergence(trainer, 7), "weights");
  EXPECT_THROW(trainer.state(), DivergenceError);
}

TEST(Trainer, NamesAnOverflowingGradient) {
  // The loss stays finite in float32; its gradient, 2e38 times a feature, does not.
  auto recipe = recipe_of(OptimizerKind::kSgd);
  recipe.loss = Loss::kL1;
  Trainer trainer(std::make_shared<TinyNetwork>(1, false), recipe, [](std::int64_t step) {
    auto batch = noisy_batch(step);
    if (step == 2) batch.degraded.fill_(3e38);
    return batch;
  });
  const auto term = term_of_divergence(trainer, 2);
  EXPECT_TRUE(term == "gradient" || term == "L_Res") << term;
}

TEST(Trainer, NamesAnOverflowingLossAndALastUpdateThatBreaksTheWeights) {
  auto recipe = recipe_of(OptimizerKind::kSgd);
  Trainer loss(std::make_shared<TinyNetwork>(1), recipe, [](std::int64_t step) {
    auto batch = noisy_batch(step);
    if (step == 4) batch.target.fill_(1e30);  // its square is beyond float32
    return batch;
  });
  EXPECT_EQ(term_of_divergence(loss, 4), "L_Res");
  // No step follows in which the loss would show it.
  recipe.steps = 1;
  recipe.gradient_norm_limit = 0;
  recipe.schedule = {.kind = ScheduleKind::kConstant, .learning_rate = 1e300};
  Trainer update(std::make_shared<TinyNetwork>(1), recipe, noisy_batch);
  EXPECT_EQ(term_of_divergence(update, 0), "weights");
}

TEST(Trainer, RefusesTheStateOfAnotherRun) {
  Trainer trainer(std::make_shared<TinyNetwork>(1), recipe_of(OptimizerKind::kAdam), noisy_batch);
  auto longer = recipe_of(OptimizerKind::kAdam);
  longer.steps = 31;
  Trainer other(std::make_shared<TinyNetwork>(1), longer, noisy_batch);
  EXPECT_THROW(other.restore(trainer.state()), std::invalid_argument);
  auto state = trainer.state();
  state.tensors.front().value = torch::zeros({2});
  EXPECT_THROW(trainer.restore(state), std::invalid_argument);
  state.tensors.erase(state.tensors.begin());
  EXPECT_THROW(trainer.restore(state), std::invalid_argument);
  EXPECT_THROW(trainer.restore(State{}), std::invalid_argument);
}

TEST(Trainer, TrainsInBfloat16CloseToFloat32) {
  auto recipe = recipe_of(OptimizerKind::kAdam);
  double last[2];
  for (const auto precision : {Precision::kFloat32, Precision::kBfloat16}) {
    recipe.precision = precision;
    Trainer trainer(std::make_shared<TinyNetwork>(1), recipe, noisy_batch);
    trainer.run(30, [&](const StepReport& report) {
      last[static_cast<int>(precision)] = report.loss;
      return true;
    });
  }
  EXPECT_NEAR(last[1], last[0], 0.1 * last[0]);  // bfloat16 has 8 bits: .4 % per operation
}

}  // namespace
}  // namespace bench::training
