// Which images a stage sees. Images are exchanged for their negatives: what depends on them has to
// change, what must not see them has to stay the same to the last bit.
#include <gtest/gtest.h>
#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "carried_out.h"
#include "datasets/catalogue.h"
#include "datasets/degradation.h"
#include "datasets/examples.h"
#include "metrics/protocol.h"
#include "metrics/score.h"
#include "stages/image_tensor.h"
#include "stages/loaded_network.h"

namespace bench::stages {
namespace {

using clearer::StrategyKind;

clearer::SearchSpace halved_space() {
  return {.channels = {4, 4, 4},
          .modules = {1, 1, 2},
          .initialization = clearer::Initialization::kKaiming};
}

training::Recipe short_recipe(std::int64_t steps) {
  return {.steps = steps, .batch = 2, .patch = 16, .schedule = {.learning_rate = 1e-3}};
}

exchange::SearchStage search_for(StrategyKind strategy) {
  exchange::SearchStage stage{.task = StageFolders::task(), .space = halved_space(), .seed = 3};
  stage.search.strategy = strategy;
  stage.search.weights = short_recipe(6);
  stage.search.warm_up_fraction = 0.5;
  stage.search.architecture_schedule.learning_rate = 0.1;
  stage.search.candidates = 4;
  return stage;
}

exchange::TrainStage training_for(std::int64_t steps) {
  return {.task = StageFolders::task(),
          .network = {.kind = "clearer", .space = halved_space(), .architecture = "P|FP"},
          .recipe = short_recipe(steps),
          .seed = 3};
}

/// The stage before and after some of its images were exchanged.
struct BeforeAndAfter {
  CarriedOut before, after;
};

template <typename Settings>
BeforeAndAfter exchanged(const std::string& kind, const Settings& settings,
                         const std::string& place, std::size_t first, std::size_t step) {
  const StageFolders folders;
  const auto json = exchange::to_json(settings);
  auto before = carried_out(folders.make("before", kind, json));
  replace_images(folders, place, first, step);
  return {std::move(before), carried_out(folders.make("after", kind, json))};
}

std::vector<std::string> candidates_of(const CarriedOut& search) {
  std::vector<std::string> scored;
  for (const auto& [name, value] : search.result.facts) {
    if (name.starts_with("candidate/")) scored.push_back(value);
  }
  EXPECT_EQ(scored.size(), 4u);
  return scored;
}

constexpr std::size_t kEven = 0, kOdd = 1;

TEST(SearchData, OddImagesJudgeCandidatesAndDoNotTrainTheirWeights) {
  const auto [before, after] =
      exchanged("search", search_for(StrategyKind::kRandom), "train", kOdd, 2);
  EXPECT_EQ(fact(before.result, "state_sha256"), fact(after.result, "state_sha256"));
  EXPECT_NE(candidates_of(before), candidates_of(after));
}

TEST(SearchData, EvenImagesTrainTheWeights) {
  const auto [before, after] =
      exchanged("search", search_for(StrategyKind::kRandom), "train", kEven, 2);
  EXPECT_NE(fact(before.result, "state_sha256"), fact(after.result, "state_sha256"));
}

TEST(SearchData, CandidatesOfTheirOwnWeightsAreTrainedAndJudgedOnUnlikeHalves) {
  auto settings = search_for(StrategyKind::kRandom);
  settings.search.shared_weights = false;
  const auto judged = exchanged("search", settings, "train", kOdd, 2);
  EXPECT_NE(candidates_of(judged.before), candidates_of(judged.after));
  const auto trained = exchanged("search", settings, "train", kEven, 2);
  EXPECT_NE(candidates_of(trained.before), candidates_of(trained.after));
}

// Three steps train the weights alone, then each is followed by one of the architecture.
TEST(SearchData, OfAGradientSearchIsHalvedToo) {
  const auto settings = search_for(StrategyKind::kClearer);
  const auto odd = exchanged("search", settings, "train", kOdd, 2);
  const auto losses = series_of(odd.before, "loss"), other_losses = series_of(odd.after, "loss");
  ASSERT_EQ(losses.size(), 6u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(losses[i], other_losses[i]) << i;
  EXPECT_NE(series_of(odd.before, "architecture_loss"), series_of(odd.after, "architecture_loss"));
  EXPECT_NE(series_of(odd.before, "p_parallel/0"), series_of(odd.after, "p_parallel/0"));
  const auto even = exchanged("search", settings, "train", kEven, 2);
  EXPECT_NE(series_of(even.before, "loss").front(), series_of(even.after, "loss").front());
}

TEST(SearchData, HasNoTestImageUnlessTheReleasedWayIsAskedFor) {
  auto settings = search_for(StrategyKind::kClearer);
  const auto usual = exchanged("search", settings, "test", 0, 1);
  EXPECT_EQ(usual.before.result.facts, usual.after.result.facts);
  EXPECT_EQ(usual.before.points, usual.after.points);
  settings.search.architecture_data = clearer::ArchitectureData::kTestSplitAsReleased;
  const auto released = exchanged("search", settings, "test", 0, 1);
  EXPECT_EQ(series_of(released.before, "loss").front(), series_of(released.after, "loss").front());
  EXPECT_NE(series_of(released.before, "architecture_loss"),
            series_of(released.after, "architecture_loss"));
  const auto odd = exchanged("search", settings, "train", kOdd, 2);
  EXPECT_NE(series_of(odd.before, "loss"), series_of(odd.after, "loss"))
      << "all training images train the weights then";
}

TEST(TrainingData, IsTheTrainingSplit) {
  const auto test = exchanged("train", training_for(4), "test", 0, 1);
  EXPECT_EQ(sha256_of(test.before.result, "model"), sha256_of(test.after.result, "model"));
  for (const auto half : {kEven, kOdd}) {
    const auto train = exchanged("train", training_for(4), "train", half, 2);
    EXPECT_NE(sha256_of(train.before.result, "model"), sha256_of(train.after.result, "model"));
  }
}

const std::string kPlainPsnr = "psnr(space=rgb,round=none,crop=0,agg=image-mean)";
const std::string kEnsemblePsnr = "psnr(space=rgb,round=none,crop=0,ensemble=x8,agg=image-mean)";

exchange::EvaluateStage evaluation_of(const std::vector<std::string>& protocols) {
  exchange::EvaluateStage stage{
      .task = StageFolders::task(), .network = {.kind = "degraded"}, .noise_seed = 7};
  for (const auto& text : protocols) {
    stage.protocols.push_back(metrics::to_string(metrics::parse_protocol(text)));
  }
  return stage;
}

/// A test image and its noise, made apart from the stages.
struct TestImage {
  datasets::Image target;
  datasets::FloatImage degraded;
};

std::vector<TestImage> test_images(std::uint64_t noise_seed) {
  std::vector<TestImage> images;
  for (const auto& example : datasets::load_examples(datasets::find("embedded-leaves"), {}, "test",
                                                     {.channels = 1, .limit = 2})) {
    auto stream = datasets::noise_stream(noise_seed, "embedded-leaves/" + example.name, 50.0);
    images.push_back({*example.target,
                      datasets::degrade(*example.target,
                                        {datasets::DegradationKind::kAwgnFloat, 50.0}, stream)});
  }
  return images;
}

double psnr_db(const std::vector<float>& restored, const datasets::Image& target) {
  double squares = 0;
  for (std::size_t i = 0; i < restored.size(); ++i) {
    const double clipped = std::clamp(static_cast<double>(restored[i]), 0.0, 1.0);
    const double error = clipped - target.samples[i] / 255.0;
    squares += error * error;
  }
  return -10 * std::log10(squares / static_cast<double>(restored.size()));
}

TEST(EvaluationData, IsTheTestSplitUnderTheNoiseOfItsSeed) {
  const StageFolders folders;
  auto settings = evaluation_of({kPlainPsnr});
  for (const std::uint64_t seed : {7, 8}) {
    settings.noise_seed = seed;
    const auto scores = carried_out(folders.make("degraded" + std::to_string(seed), "evaluate",
                                                 exchange::to_json(settings)))
                            .result.scores;
    const auto images = test_images(seed);
    ASSERT_EQ(scores.size(), images.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
      EXPECT_NEAR(scores[i].value, psnr_db(images[i].degraded.samples, images[i].target), 1e-6)
          << "noise of seed " << seed;
    }
  }
}

/// Mean over the eight flips and turns, each turned back.
torch::Tensor ensemble_of(training::RestorationNetwork& network, const torch::Tensor& degraded) {
  torch::NoGradGuard no_graph;
  torch::Tensor sum = torch::zeros_like(degraded);
  for (int turns = 0; turns < 4; ++turns) {
    for (const bool transposed : {false, true}) {
      auto view = torch::rot90(degraded, turns, {2, 3});
      if (transposed) view = view.transpose(2, 3);
      auto restored = network.forward(view.contiguous());
      if (transposed) restored = restored.transpose(2, 3);
      sum += torch::rot90(restored, -turns, {2, 3});
    }
  }
  return sum / 8;
}

TEST(EvaluationData, IsRestoredEightTimesForASelfEnsemble) {
  const StageFolders folders;
  const auto model = folders.make("model", "train", exchange::to_json(training_for(4)));
  carried_out(model);
  const auto folder = folders.make("evaluation", "evaluate",
                                   exchange::to_json(evaluation_of({kPlainPsnr, kEnsemblePsnr})));
  folders.add_input("evaluation", "model", "model");
  const auto scores = carried_out(folder).result.scores;
  const auto images = test_images(7);
  ASSERT_EQ(scores.size(), 2 * images.size());
  const auto network = load_model(model);
  network->eval();
  torch::NoGradGuard no_graph;
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto& [target, degraded] = images[i];
    const auto once = image_of(network->forward(tensor_of(degraded)));
    const auto eight = image_of(ensemble_of(*network, tensor_of(degraded)));
    const double single = scores[2 * i].value, ensemble = scores[2 * i + 1].value;
    EXPECT_NEAR(single, psnr_db(once.samples, target), 1e-3);
    EXPECT_NEAR(ensemble, psnr_db(eight.samples, target), 1e-3);
    EXPECT_GT(std::abs(single - ensemble), 1e-2) << "else the test shows nothing";
  }
}

}  // namespace
}  // namespace bench::stages
