#include "training/inference.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include "tiny_network.h"
#include "training/trainer.h"

namespace bench::training {
namespace {

/// Trained a little, so that its running statistics are not the first ones.
std::shared_ptr<TinyNetwork> used_network() {
  auto network = std::make_shared<TinyNetwork>(3);
  Recipe recipe;
  recipe.steps = 10;
  recipe.schedule.learning_rate = 1e-3;
  Trainer(network, recipe, noisy_batch).run(10, {});
  network->eval();
  return network;
}

TEST(Restorer, FoldedEqualsUnfolded) {
  const auto network = used_network();
  const auto degraded = torch::rand({2, 1, 16, 20});
  const auto folded = Restorer(network, {.fold_batch_norms = true}).restore(degraded);
  const auto plain = Restorer(network, {.fold_batch_norms = false}).restore(degraded);
  EXPECT_LT((folded - plain).abs().max().item<double>(), 1e-5);
}

TEST(Restorer, PadsAndCropsToAnySize) {
  const auto network = used_network();
  const auto degraded = torch::rand({1, 1, 13, 3});
  EXPECT_EQ(Restorer(network, {}).restore(degraded).sizes(), degraded.sizes());
  EXPECT_EQ(Restorer(network, {.self_ensemble = true}).restore(degraded).sizes(), degraded.sizes());
}

TEST(Padded, ReflectsAtTheRightAndBelow) {
  const auto image = torch::arange(9, torch::kFloat32).view({1, 1, 3, 3});
  const auto larger = padded(image, 4);
  ASSERT_EQ(larger.size(2), 4);
  EXPECT_FLOAT_EQ(larger[0][0][0][3].item<float>(), 1.0F);  // 0 1 2 | 1
  EXPECT_FLOAT_EQ(larger[0][0][3][0].item<float>(), 3.0F);
}

/// Sees left and right differently.
class Shift : public RestorationNetwork {
 public:
  torch::Tensor forward(const torch::Tensor& degraded) override { return degraded.roll(1, 3); }
};

TEST(Restorer, EnsembleCommutesWithEveryFlipAndTurn) {
  const auto network = std::make_shared<Shift>();
  const Restorer restorer(network, {.self_ensemble = true});
  const auto degraded = torch::rand({1, 1, 8, 8});
  const auto restored = restorer.restore(degraded);
  EXPECT_TRUE(torch::allclose(restorer.restore(degraded.flip({3})), restored.flip({3})));
  EXPECT_TRUE(torch::allclose(restorer.restore(torch::rot90(degraded, 1, {2, 3})),
                              torch::rot90(restored, 1, {2, 3})));
  EXPECT_FALSE(torch::allclose(restored, degraded.roll(1, 3)));
}

}  // namespace
}  // namespace bench::training
