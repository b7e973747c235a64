#include "clearer/search/strategy.h"

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <limits>
#include <set>

#include "../tiny_search.h"

namespace bench::clearer {
namespace {

const std::vector<StrategyKind> kEveryStrategy = {
    StrategyKind::kClearer,   StrategyKind::kDartsFirstOrder, StrategyKind::kDartsSecondOrder,
    StrategyKind::kJoint,     StrategyKind::kRandom,          StrategyKind::kEvolution,
    StrategyKind::kExhaustive};

void run(Strategy& search, std::int64_t until = std::numeric_limits<std::int64_t>::max()) {
  while (!search.finished() && search.position() < until) search.step();
}

/// All tensors but the wall-clock seconds.
void expect_same(const training::State& a, const training::State& b) {
  ASSERT_EQ(a.tensors.size(), b.tensors.size());
  for (std::size_t i = 0; i < a.tensors.size(); ++i) {
    const auto& name = a.tensors[i].name;
    EXPECT_EQ(name, b.tensors[i].name);
    if (name == "search.now" || name == "search.trajectory") continue;
    EXPECT_TRUE(torch::equal(a.tensors[i].value, b.tensors[i].value)) << name;
  }
  const auto first = result_in(a), second = result_in(b);
  EXPECT_EQ(first.architecture, second.architecture);
  ASSERT_EQ(first.trajectory.size(), second.trajectory.size());
  for (std::size_t i = 0; i < first.trajectory.size(); ++i) {
    EXPECT_EQ(first.trajectory[i].probabilities, second.trajectory[i].probabilities);
    EXPECT_EQ(first.trajectory[i].cost.images_seen, second.trajectory[i].cost.images_seen);
    EXPECT_EQ(first.trajectory[i].architecture, second.trajectory[i].architecture);
  }
}

TEST(Strategy, GoesOnBitIdenticallyFromAnyPoint) {
  for (const auto kind : kEveryStrategy) {
    const auto options = tiny_options(kind);
    const auto whole = tiny_search(options);
    run(*whole);
    const auto expected = whole->state();
    std::srand(static_cast<unsigned>(::testing::UnitTest::GetInstance()->random_seed()));
    for (int point = 0; point < 3; ++point) {
      const auto stop = 1 + std::rand() % (whole->planned_steps() - 1);
      SCOPED_TRACE("strategy " + std::to_string(static_cast<int>(kind)) +
                   " interrupted after step " + std::to_string(stop));
      const auto before = tiny_search(options);
      run(*before, stop);
      const auto after = tiny_search(options, /*seed=*/99);
      after->restore(before->state());
      EXPECT_EQ(after->position(), stop);
      run(*after);
      expect_same(after->state(), expected);
    }
  }
}

TEST(Strategy, CountsItsCost) {
  const std::int64_t weight_steps = 12, due = 9, images = 2;
  const auto cost = [](StrategyKind kind) {
    const auto search = tiny_search(tiny_options(kind));
    run(*search);
    return search->result().cost;
  };
  const auto clearer = cost(StrategyKind::kClearer);
  EXPECT_EQ(clearer.weight_steps, weight_steps);
  EXPECT_EQ(clearer.architecture_steps, due);  // a quarter of 12 is warm-up
  EXPECT_EQ(clearer.images_seen, images * (weight_steps + due));
  EXPECT_GT(clearer.seconds, 0.0);
  // The unrolled step passes three times over the weights' batch and once over the other.
  EXPECT_EQ(cost(StrategyKind::kDartsSecondOrder).images_seen, images * (weight_steps + 4 * due));
  EXPECT_EQ(cost(StrategyKind::kJoint).images_seen, images * weight_steps);
  const auto evolution = cost(StrategyKind::kEvolution);
  EXPECT_EQ(evolution.images_seen, images * weight_steps + 10 * 12);
  EXPECT_EQ(evolution.evaluations, 12);
}

TEST(Strategy, TakesTheRadiusOfTheSecondOrderFromItsOptions) {
  const auto probabilities = [](double radius) {
    auto options = tiny_options(StrategyKind::kDartsSecondOrder);
    options.second_order_radius = radius;
    const auto search = tiny_search(options);
    run(*search);
    return search->result().trajectory.back().probabilities;
  };
  EXPECT_EQ(probabilities(0.01), probabilities(0.01));
  EXPECT_NE(probabilities(0.01), probabilities(3.0));
}

TEST(Strategy, EndsWithItsImageBudget) {
  for (const auto kind : kEveryStrategy) {
    auto options = tiny_options(kind);
    options.image_budget = 12;
    const auto search = tiny_search(options);
    run(*search);
    const auto result = search->result();
    EXPECT_GE(result.cost.images_seen, 12);
    EXPECT_LE(result.cost.images_seen, 12 + 10);
    EXPECT_FALSE(result.trajectory.empty() && kind == StrategyKind::kClearer);
  }
}

TEST(Strategy, ConvergedInnerProblemTakesFewerArchitectureSteps) {
  auto options = tiny_options(StrategyKind::kClearer);
  options.weight_steps_per_architecture_step = 3;
  const auto search = tiny_search(options);
  run(*search);
  EXPECT_EQ(search->result().cost.architecture_steps, 3);  // steps 3, 6, 9
}

TEST(Strategy, RecordsATrajectory) {
  const auto search = tiny_search(tiny_options(StrategyKind::kClearer));
  run(*search);
  const auto result = search->result();
  ASSERT_EQ(result.trajectory.size(), 3u);
  for (const auto& point : result.trajectory) {
    EXPECT_TRUE(std::isfinite(point.weight_loss));
    ASSERT_EQ(point.probabilities.size(), 3u);
    for (const auto& pair : point.probabilities) EXPECT_NEAR(pair[0] + pair[1], 1.0, 1e-6);
    EXPECT_EQ(cell_sizes(parse_architecture(point.architecture)), cell_sizes(tiny_space()));
  }
  EXPECT_EQ(result.trajectory.back().architecture, result.architecture);
  EXPECT_NE(result.trajectory.front().probabilities, result.trajectory.back().probabilities);
}

TEST(Strategy, CandidateSearchesFindTheBest) {
  for (const auto kind :
       {StrategyKind::kRandom, StrategyKind::kEvolution, StrategyKind::kExhaustive}) {
    auto options = tiny_options(kind);
    options.candidates = 40;
    options.shared_weights = false;
    const auto search =
        make_strategy(tiny_space(), options, Supernet(nullptr), tiny_batches(), fusion_count);
    run(*search);
    EXPECT_EQ(search->result().architecture, "F|FF");
  }
}

TEST(Strategy, ExhaustiveScoresEachOnce) {
  auto options = tiny_options(StrategyKind::kExhaustive);
  options.shared_weights = false;
  const auto search =
      make_strategy(tiny_space(), options, Supernet(nullptr), tiny_batches(), fusion_count);
  run(*search);
  std::set<std::string> texts;
  for (const auto& scored : search->result().scored) texts.insert(scored.architecture);
  EXPECT_EQ(texts.size(), 8u);
  EXPECT_EQ(search->result().scored.size(), 8u);
}

// A checkpoint of weights that are not finite would be taken up again for ever.
TEST(Strategy, HasNoStateOfWeightsThatAreNotFinite) {
  for (const auto kind : kEveryStrategy) {
    const auto options = tiny_options(kind);
    Supernet network(tiny_space(), options.semantics, seeded(1));
    const auto search = make_strategy(tiny_space(), options, network, tiny_batches(), fusion_count);
    search->step();
    EXPECT_NO_THROW(search->state());
    {
      torch::NoGradGuard no_grad;
      network->parameters().front().fill_(std::numeric_limits<float>::quiet_NaN());
    }
    EXPECT_THROW(search->state(), training::DivergenceError) << static_cast<int>(kind);
  }
}

TEST(Strategy, SharedWeightsAreScoredInEvaluationMode) {
  bool evaluated = false;
  const auto options = tiny_options(StrategyKind::kRandom);
  Supernet network(tiny_space(), options.semantics, seeded(1));
  const auto search = make_strategy(
      tiny_space(), options, network, tiny_batches(),
      [&](const Architecture& architecture, SupernetImpl* supernet) {
        evaluated = supernet != nullptr && !supernet->is_training();
        torch::NoGradGuard no_grad;
        const auto batch = tiny_batch(0, 2);
        const auto restored = supernet->forward(batch.degraded, architecture);
        return CandidateScore{-torch::mse_loss(restored, batch.target).item<double>(), 2};
      });
  run(*search);
  EXPECT_TRUE(evaluated);
}

TEST(Strategy, StopsAtTheFirstValueThatIsNotFinite) {
  for (const bool architecture_data : {false, true}) {
    auto batches = tiny_batches();
    auto& source = architecture_data ? batches.architecture : batches.weights;
    source = [](std::int64_t step) {
      auto batch = tiny_batch(step, 1);
      if (step == 6) batch.target.fill_(std::numeric_limits<double>::quiet_NaN());
      return batch;
    };
    const auto options = tiny_options(StrategyKind::kClearer);
    Supernet network(tiny_space(), options.semantics, seeded(1));
    const auto search = make_strategy(tiny_space(), options, network, batches);
    try {
      run(*search);
      FAIL() << "no exception";
    } catch (const training::DivergenceError& error) {
      EXPECT_EQ(error.step(), 6);
      EXPECT_EQ(error.term(), "target");
    }
  }
}

training::DivergenceError divergence_of(const SearchOptions& options,
                                        const SearchBatches& batches = tiny_batches()) {
  Supernet network(tiny_space(), options.semantics, seeded(1));
  const auto search = make_strategy(tiny_space(), options, network, batches, fusion_count);
  try {
    run(*search);
  } catch (const training::DivergenceError& error) {
    return error;
  }
  return {-1, "none"};
}

TEST(Strategy, NamesTheTermThatIsNotFinite) {
  for (const auto kind : {StrategyKind::kClearer, StrategyKind::kDartsFirstOrder,
                          StrategyKind::kDartsSecondOrder, StrategyKind::kJoint}) {
    const auto first = std::int64_t{3};  // after 25 % of 12 steps of warm-up
    auto options = tiny_options(kind);
    options.losses.lambda_architecture = 3e38;  // times an entropy of 2 ln 2: beyond float32
    const auto entropy = divergence_of(options);
    EXPECT_EQ(entropy.step(), first);
    EXPECT_EQ(entropy.term(), "L_Arch");
    options = tiny_options(kind);
    options.losses.lambda_architecture = 0.0;
    options.losses.lambda_complexity = 3e38;
    options.costs.assign(3, {4.0, 4.0});
    const auto complexity = divergence_of(options);
    EXPECT_EQ(complexity.step(), first);
    EXPECT_EQ(complexity.term(), "L_Comp");
    EXPECT_NE(std::string(complexity.what()).find("step 3: L_Comp"), std::string::npos);
  }
}

TEST(Strategy, NamesTheBatchWhoseRestorationLossIsNotFinite) {
  const auto options = tiny_options(StrategyKind::kClearer);
  const auto huge_at_6 = [](std::int64_t step) {
    auto batch = tiny_batch(step, 1);
    if (step == 6) batch.target.fill_(1e30);  // its square is beyond float32
    return batch;
  };
  auto batches = tiny_batches();
  batches.weights = huge_at_6;
  EXPECT_EQ(divergence_of(options, batches).term(), "L_Res (weights' batch)");
  batches = tiny_batches();
  batches.architecture = huge_at_6;
  EXPECT_EQ(divergence_of(options, batches).term(), "L_Res (architecture's batch)");
  batches.weights = huge_at_6;
  const auto paths = divergence_of(tiny_options(StrategyKind::kRandom), batches);
  EXPECT_EQ(paths.step(), 6);
  EXPECT_EQ(paths.term(), "L_Res");
}

TEST(Strategy, NamesWeightsAndLogitsThatAnUpdateBroke) {
  auto options = tiny_options(StrategyKind::kClearer);
  options.weights.schedule.kind = training::ScheduleKind::kConstant;
  options.weights.schedule.learning_rate = 1e38;
  options.weights.gradient_norm_limit = 0.0;
  const auto weights = divergence_of(options);
  EXPECT_TRUE(weights.term() == "weights" || weights.term() == "L_Res (weights' batch)")
      << weights.term();
  options = tiny_options(StrategyKind::kClearer);
  options.architecture_schedule.learning_rate = 1e39;
  const auto logits = divergence_of(options);
  EXPECT_EQ(logits.step(), 3);
  EXPECT_EQ(logits.term(), "architecture logits");
}

TEST(Strategy, RefusesContradictoryOptions) {
  const auto refused = [](SearchOptions options, bool with_supernet = true) {
    Supernet network(nullptr);
    if (with_supernet) network = Supernet(tiny_space(), options.semantics, seeded(1));
    EXPECT_THROW(make_strategy(tiny_space(), options, network, tiny_batches()),
                 std::invalid_argument);
  };
  refused(tiny_options(StrategyKind::kRandom));  // no score function
  auto options = tiny_options(StrategyKind::kClearer);
  refused(options, /*with_supernet=*/false);
  options.epochs = 0;
  refused(options);
  options = tiny_options(StrategyKind::kClearer);
  options.costs = {{0.7, 0.3}};
  refused(options);
  options = tiny_options(StrategyKind::kEvolution);
  options.tournament = 5;
  refused(options);
}

}  // namespace
}  // namespace bench::clearer
