#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <map>

#include "baselines/networks/n3net.h"
#include "baselines/networks/neighborhood.h"
#include "baselines/networks/nlrn.h"
#include "baselines/networks/soft_neighbors.h"
#include "golden.h"
#include "training/precision.h"
#include "training/trainer.h"

namespace bench::baselines {
namespace {

torch::Tensor temperature(double value) {
  return torch::full({1, 1}, value, torch::kFloat64);
}

const torch::Tensor& distances() {
  static const auto five = torch::tensor({{3.0, 0.5, 2.0, 9.0, 1.0}}, torch::kFloat64);
  return five;
}

TEST(SoftNeighbors, WeightsOfEachSumToOne) {
  for (const double t : {1e-6, 0.1, 1.0, 50.0}) {
    const auto weights = soft_neighbor_weights(distances(), temperature(t), 4);
    EXPECT_EQ(weights.sizes(), (std::vector<std::int64_t>{1, 4, 5}));
    EXPECT_TRUE(torch::allclose(weights.sum(-1), torch::ones({1, 4}, torch::kFloat64)));
    EXPECT_GE(weights.min().item<double>(), 0.0);
  }
}

TEST(SoftNeighbors, ArePlainNearestNeighborsAsTheTemperatureGoesToZero) {
  for (const double t : {1e-2, 1e-4, 1e-9}) {
    const auto weights = soft_neighbor_weights(distances(), temperature(t), 5);
    const auto sorted = torch::argsort(distances(), std::int64_t{-1});
    const auto expected = torch::one_hot(sorted, 5).to(torch::kFloat64);
    EXPECT_TRUE(torch::allclose(weights, expected, 0, 1e-6)) << t << "\n" << weights;
  }
}

TEST(SoftNeighbors, AreTheSameForAllAsTheTemperatureGrows) {
  const auto weights = soft_neighbor_weights(distances(), temperature(1e9), 3);
  EXPECT_TRUE(torch::allclose(weights, torch::full_like(weights, 0.2)));
}

TEST(SoftNeighbors, HaveTheGradientOfTheirDifferenceQuotients) {
  auto moved = distances().clone().requires_grad_(true);
  const auto score = [](const torch::Tensor& d) {
    const auto w = soft_neighbor_weights(d, temperature(0.7), 3);
    return (w * torch::arange(15, torch::kFloat64).view({1, 3, 5}).sin()).sum();
  };
  const auto gradient = torch::autograd::grad({score(moved)}, {moved}).front();
  for (std::int64_t i = 0; i < 5; ++i) {
    const auto step = torch::zeros_like(distances()).index_put_({0, i}, 1e-6);
    const double quotient =
        ((score(distances() + step) - score(distances() - step)) / 2e-6).item<double>();
    EXPECT_NEAR(gradient[0][i].item<double>(), quotient, 1e-7);
  }
}

TEST(SoftNeighbors, HaveFiniteGradientsWhereOneTakesAll) {
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    auto near = distances().to(type).requires_grad_(true);
    auto cold = temperature(1e-5).to(type).requires_grad_(true);
    soft_neighbor_weights(near, cold, 4).square().sum().backward();
    EXPECT_TRUE(torch::isfinite(near.grad()).all().item<bool>());
    EXPECT_TRUE(torch::isfinite(cold.grad()).all().item<bool>());
  }
}

TEST(SoftNeighbors, RefuseToChooseMoreThanThereAre) {
  EXPECT_THROW(soft_neighbor_weights(distances(), temperature(1), 6), c10::Error);
}

/// The places that a place looks at, by the words of the definition.
std::vector<std::int64_t> window_around(std::int64_t place, std::int64_t height, std::int64_t width,
                                        std::int64_t window) {
  const auto begin = [&](std::int64_t at, std::int64_t side) {
    auto first = at - window / 2;
    while (first + window > side) --first;
    return first < 0 ? 0 : first;
  };
  std::vector<std::int64_t> seen;
  const auto top = begin(place / width, height), left = begin(place % width, width);
  for (auto y = top; y < std::min(height, top + window); ++y) {
    for (auto x = left; x < std::min(width, left + window); ++x) seen.push_back(y * width + x);
  }
  return seen;
}

TEST(Neighborhood, GivesEveryPlaceItsWindowOnce) {
  for (const auto& [height, width, window] :
       std::vector<std::array<std::int64_t, 3>>{{1, 1, 5}, {4, 9, 15}, {17, 6, 5}, {31, 40, 15}}) {
    std::map<std::int64_t, std::vector<std::int64_t>> seen;
    for (const auto& tile : neighborhood_tiles(height, width, window, torch::kCPU)) {
      for (std::int64_t q = 0; q < tile.queries.numel(); ++q) {
        const auto inside = tile.candidates.masked_select(tile.inside[q]);
        const auto place = tile.queries[q].item<std::int64_t>();
        const auto* first = inside.const_data_ptr<std::int64_t>();
        EXPECT_TRUE(seen.emplace(place, std::vector(first, first + inside.numel())).second);
      }
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(height * width));
    for (const auto& [place, found] : seen) {
      EXPECT_EQ(found, window_around(place, height, width, window)) << place;
    }
  }
}

TEST(N3Net, SaysWhichImagesItCannotTake) {
  N3Net network({});
  const torch::NoGradGuard no_grad;
  EXPECT_THROW(network.forward(torch::rand({1, 1, 32, 32})), c10::Error);
  EXPECT_THROW(network.forward(torch::rand({1, 1, 5, 40})), c10::Error);
  EXPECT_THROW(network.forward(torch::rand({1, 1, 15, 20})), c10::Error) << "fewer patches than 8";
  EXPECT_NO_THROW(network.forward(torch::rand({1, 1, 20, 20})));
}

TEST(N3Net, IsNearlyTheSameInBfloat16) {
  torch::manual_seed(3);
  N3Net network({.features = 8});
  network.eval();
  const torch::NoGradGuard no_grad;
  const auto degraded = torch::rand({1, 1, 40, 40});
  const auto exact = network.forward(degraded);
  const training::PrecisionScope scope(training::Precision::kBfloat16, torch::kCPU);
  const auto rounded = network.forward(degraded).to(torch::kFloat32);
  EXPECT_LT((rounded - exact).abs().max().item<double>(), 0.05);
}

TEST(Nlrn, WithTheNonLocalPartAtItsStartIsALocalRecurrence) {
  // Untrained, g is 0: what a pixel sees of its neighbors does not matter.
  torch::manual_seed(5);
  Nlrn wide({.features = 8, .steps = 3, .window = 45});
  Nlrn local({.features = 8, .steps = 3, .window = 1});
  const torch::NoGradGuard no_grad;
  const auto from = wide.parameters(), to = local.parameters();
  for (std::size_t i = 0; i < from.size(); ++i) to[i].copy_(from[i]);
  const auto degraded = torch::rand({2, 1, 20, 24});
  EXPECT_TRUE(torch::equal(wide.forward(degraded), local.forward(degraded)));
  for (const auto& parameter : wide.named_parameters()) {
    if (parameter.key() == "non_local.g.weight") parameter.value().normal_();
  }
  EXPECT_FALSE(torch::allclose(wide.forward(degraded), local.forward(degraded), 1e-3, 1e-3));
}

TEST(NonLocal, IsTheMeanOfItsValuesWhereAllProductsAreEqual) {
  NonLocal non_local(4);
  const torch::NoGradGuard no_grad;
  for (const auto& parameter : non_local->parameters()) parameter.zero_();
  for (const auto& parameter : non_local->named_parameters()) {
    if (parameter.key() == "g.weight") parameter.value().copy_(torch::eye(4).view({4, 4, 1, 1}));
  }
  const auto features = torch::rand({2, 4, 6, 5});
  const auto expected = features + features.mean({2, 3}, true);
  EXPECT_TRUE(torch::allclose(
      non_local->forward(features, neighborhood_tiles(6, 5, 45, torch::kCPU)), expected));
}

/// The mean loss of the last steps over that of the first, denoising fixed patches.
double loss_ratio(std::shared_ptr<training::RestorationNetwork> network) {
  torch::manual_seed(7);
  const auto clean = torch::rand({4, 1, 3, 3}).repeat_interleave(10, 2).repeat_interleave(10, 3);
  const training::Recipe recipe{
      .steps = 30, .optimizer = {}, .schedule = {.learning_rate = 2e-3}, .gradient_norm_limit = 0};
  training::Trainer trainer(std::move(network), recipe, [&](std::int64_t) {
    return training::Batch{clean + 0.2 * torch::randn_like(clean), clean};
  });
  double first = 0, last = 0;
  trainer.run(recipe.steps, [&](const training::StepReport& report) {
    if (report.step < 3) first += report.loss;
    if (report.step >= 27) last += report.loss;
    return true;
  });
  return last / first;
}

TEST(N3Net, LearnsInAFewSteps) {
  torch::manual_seed(1);
  EXPECT_LT(loss_ratio(std::make_shared<N3Net>(N3NetOptions{.features = 12, .depth = 3})), 0.7);
}

TEST(Nlrn, LearnsInAFewSteps) {
  torch::manual_seed(1);
  EXPECT_LT(loss_ratio(std::make_shared<Nlrn>(NlrnOptions{.features = 12, .steps = 2})), 0.7);
}

}  // namespace
}  // namespace bench::baselines
