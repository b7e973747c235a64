// Each setting changes what a stage ends with: one that is lost on the way from request.json to the
// tensors is found here. Settings that only some others give a meaning are changed beside those.
#include <gtest/gtest.h>
#include <torch/types.h>

#include <functional>
#include <map>
#include <set>

#include "carried_out.h"
#include "clearer/space/cost.h"
#include "core/files/write_file.h"
#include "stages/exchange/tables.h"
#include "training/kernels/kernel_variant.h"

namespace bench::stages {
namespace {

using exchange::EvaluateStage;
using exchange::SearchStage;
using exchange::TrainStage;

clearer::SearchSpace narrow_space() {
  return {.channels = {8, 8, 8},
          .modules = {1, 1, 2},
          .initialization = clearer::Initialization::kKaiming};
}

training::Recipe five_steps() {
  return {.steps = 5, .batch = 2, .patch = 16, .schedule = {.learning_rate = 1e-3}};
}

TrainStage plain_training() {
  return {.task = StageFolders::task(),
          .network = {.kind = "clearer", .space = narrow_space(), .architecture = "P|FP"},
          .recipe = five_steps(),
          .seed = 3};
}

/// Its loss looks at several outputs.
TrainStage training_of_many_outputs() {
  auto stage = plain_training();
  stage.task.channels = 3;
  stage.network = {.kind = "network", .method = "prenet"};
  stage.recipe.steps = 2;
  return stage;
}

SearchStage plain_search(clearer::StrategyKind strategy = clearer::StrategyKind::kClearer) {
  SearchStage stage{.task = StageFolders::task(), .space = narrow_space(), .seed = 3};
  stage.search.strategy = strategy;
  stage.search.weights = five_steps();
  stage.search.warm_up_fraction = 0.2;
  stage.search.architecture_schedule.learning_rate = 0.1;
  stage.search.losses.lambda_complexity = 0.1;
  stage.search.candidates = 6;
  stage.search.population = 3;
  stage.search.tournament = 2;
  return stage;
}

/// One setting: a stage, and the same with another value of the setting.
template <typename Stage>
struct Setting {
  std::string key;
  Stage stage;
  std::function<void(Stage&)> change;
};

/// Carries stages out, each once however often it is compared with.
class Outcomes {
 public:
  template <typename Stage>
  std::string of(const std::string& kind, const Stage& stage) {
    const auto json = exchange::to_json(stage);
    auto& known = outcomes_[json];
    if (known.empty()) known = outcome_of(kind, json);
    return known;
  }

 private:
  std::string outcome_of(const std::string& kind, const std::string& json) {
    // The image channels are the prepared data's.
    auto& folders = json.find("\"channels\":3,\"degradation\"") == std::string::npos ? gray_ : rgb_;
    const auto stage =
        carried_out(folders.make(kind + std::to_string(outcomes_.size()), kind, json));
    if (kind == "train") return sha256_of(stage.result, "model");
    std::string all;
    for (const auto& [name, value] : stage.result.facts) all += name + " " + value + "\n";
    for (const auto& one : stage.result.quantities) {
      all += one.name + " " + std::to_string(one.value) + "\n";
    }
    for (const auto& point : stage.points) {
      all += point.series + " " + std::to_string(point.step) + " " + std::to_string(point.value) +
             "\n";
    }
    return all;
  }

  const StageFolders gray_, rgb_{3};
  std::map<std::string, std::string> outcomes_;
};

template <typename Stage>
std::set<std::string> expect_each_matters(const std::string& kind,
                                          const std::vector<Setting<Stage>>& settings) {
  Outcomes outcomes;
  std::set<std::string> keys;
  for (const auto& setting : settings) {
    auto changed = setting.stage;
    setting.change(changed);
    EXPECT_NE(outcomes.of(kind, setting.stage), outcomes.of(kind, changed))
        << setting.key << " changes nothing";
    keys.insert(setting.key);
  }
  return keys;
}

/// \param without  keys that name or choose and are not numbers of the computation
template <typename Table>
void expect_whole(const Table& table, const std::set<std::string>& tested,
                  const std::set<std::string>& without) {
  for (const auto& key : table.keys()) {
    EXPECT_TRUE(tested.contains(key) || without.contains(key)) << "add a case for " << key;
  }
}

std::vector<Setting<TrainStage>> recipe_settings() {
  using training::OptimizerKind, training::ScheduleKind;
  auto by_sgd = plain_training();
  by_sgd.recipe.optimizer.kind = OptimizerKind::kSgd;
  const auto scheduled = [](ScheduleKind kind) {
    auto stage = plain_training();
    stage.recipe.schedule.kind = kind;
    stage.recipe.schedule.learning_rate_min = 1e-4;
    stage.recipe.schedule.milestones = {2};
    return stage;
  };
  const auto plain = plain_training();
  return {{"steps", plain, [](auto& s) { s.recipe.steps = 6; }},
          {"batch", plain, [](auto& s) { s.recipe.batch = 3; }},
          {"patch", plain, [](auto& s) { s.recipe.patch = 24; }},
          {"loss", plain, [](auto& s) { s.recipe.loss = training::Loss::kL1; }},
          {"supervision", training_of_many_outputs(),
           [](auto& s) { s.recipe.supervision = training::Supervision::kLastOutput; }},
          {"optimizer", plain, [](auto& s) { s.recipe.optimizer.kind = OptimizerKind::kSgd; }},
          {"learning_rate", plain, [](auto& s) { s.recipe.schedule.learning_rate = 2e-3; }},
          {"learning_rate_min", plain, [](auto& s) { s.recipe.schedule.learning_rate_min = 1e-4; }},
          {"schedule", plain, [](auto& s) { s.recipe.schedule.kind = ScheduleKind::kConstant; }},
          {"steps_per_epoch", plain, [](auto& s) { s.recipe.schedule.steps_per_epoch = 2; }},
          {"milestones", scheduled(ScheduleKind::kMilestones),
           [](auto& s) { s.recipe.schedule.milestones = {3}; }},
          {"milestone_factor", scheduled(ScheduleKind::kMilestones),
           [](auto& s) { s.recipe.schedule.milestone_factor = 0.5; }},
          {"schedule_power", scheduled(ScheduleKind::kPolynomial),
           [](auto& s) { s.recipe.schedule.power = 2; }},
          {"momentum", by_sgd, [](auto& s) { s.recipe.optimizer.momentum = 0.5; }},
          {"beta1", plain, [](auto& s) { s.recipe.optimizer.beta1 = 0.5; }},
          {"beta2", plain, [](auto& s) { s.recipe.optimizer.beta2 = 0.9; }},
          {"weight_decay", plain, [](auto& s) { s.recipe.optimizer.weight_decay = 0.1; }},
          {"weight_decay", by_sgd, [](auto& s) { s.recipe.optimizer.weight_decay = 0.1; }},
          {"gradient_norm_limit", by_sgd, [](auto& s) { s.recipe.gradient_norm_limit = 1e-3; }},
          {"augmentation", plain,
           [](auto& s) { s.recipe.augmentation = training::Augmentation::kNone; }}};
}

TEST(SettingsReach, TheTraining) {
  const auto tested = expect_each_matters("train", recipe_settings());
  expect_whole(exchange::recipe_table(), tested, {"name"});
}

TEST(SettingsReach, TheTrainingFromItsTaskAndSeed) {
  const auto plain = plain_training();
  expect_each_matters<TrainStage>(
      "train",
      {{"seed", plain, [](auto& s) { s.seed = 4; }},
       {"sigma", plain, [](auto& s) { s.task.degradation.sigma_8bit = 25; }},
       {"noise", plain, [](auto& s) { s.task.degradation.noise = exchange::kTruncatedNoise; }},
       {"architecture", plain, [](auto& s) { s.network.architecture = "P|FF"; }}});
}

// The layouts round alike where no kernel of ours is used.
TEST(SettingsReach, TheTrainingAndTheSearchFromTheMachine) {
  using training::Layout, training::Precision;
  expect_each_matters<TrainStage>("train", {{"precision", plain_training(), [](auto& s) {
                                               s.machine.precision = Precision::kBfloat16;
                                             }}});
  expect_each_matters<SearchStage>(
      "search",
      {{"precision", plain_search(), [](auto& s) { s.machine.precision = Precision::kBfloat16; }}});
  if (training::kernel_variant() != training::KernelVariant::kAvx512) {
    GTEST_SKIP() << "layout: trainings use the same arithmetic in both";
  }
  expect_each_matters<TrainStage>(
      "train", {{"layout", plain_training(), [](auto& s) { s.machine.layout = Layout::kNchw; }}});
  expect_each_matters<SearchStage>(
      "search", {{"layout", plain_search(), [](auto& s) { s.machine.layout = Layout::kNchw; }}});
}

TEST(SettingsReach, TheNumberOfThreads) {
  const StageFolders folders;
  for (const std::int64_t threads : {1, 2}) {
    auto stage = plain_training();
    stage.machine.threads = threads;
    const auto folder =
        folders.make("threads" + std::to_string(threads), "train", exchange::to_json(stage));
    ASSERT_EQ(StageProcess(folder).wait(), 0);
    EXPECT_EQ(exchange::read_result(folder)->resources.threads, threads);
  }
}

std::vector<Setting<SearchStage>> gradient_settings() {
  using clearer::StrategyKind, training::OptimizerKind, training::ScheduleKind;
  auto by_sgd = plain_search();
  by_sgd.search.architecture_optimizer.kind = OptimizerKind::kSgd;
  auto cosine = plain_search();
  cosine.search.architecture_schedule.kind = ScheduleKind::kCosine;
  const auto plain = plain_search(), second = plain_search(StrategyKind::kDartsSecondOrder);
  return {
      {"strategy", plain, [](auto& s) { s.search.strategy = StrategyKind::kJoint; }},
      {"semantics", plain,
       [](auto& s) { s.search.semantics = clearer::SupernetSemantics::kAsReleased; }},
      {"weights", plain, [](auto& s) { s.search.weights.optimizer.weight_decay = 0.1; }},
      {"warm_up_fraction", plain, [](auto& s) { s.search.warm_up_fraction = 0.4; }},
      {"image_budget", plain, [](auto& s) { s.search.image_budget = 8; }},
      {"weight_steps_per_architecture_step", plain,
       [](auto& s) { s.search.weight_steps_per_architecture_step = 2; }},
      {"architecture_data", plain,
       [](auto& s) {
         s.search.architecture_data = clearer::ArchitectureData::kTestSplitAsReleased;
       }},
      {"architecture_optimizer", plain,
       [](auto& s) { s.search.architecture_optimizer.kind = OptimizerKind::kSgd; }},
      {"architecture_learning_rate", plain,
       [](auto& s) { s.search.architecture_schedule.learning_rate = 0.2; }},
      {"architecture_learning_rate_min", cosine,
       [](auto& s) { s.search.architecture_schedule.learning_rate_min = 0.05; }},
      {"architecture_schedule", plain,
       [](auto& s) { s.search.architecture_schedule.kind = ScheduleKind::kCosine; }},
      {"architecture_steps_per_epoch", cosine,
       [](auto& s) { s.search.architecture_schedule.steps_per_epoch = 3; }},
      {"architecture_momentum", by_sgd,
       [](auto& s) { s.search.architecture_optimizer.momentum = 0.5; }},
      {"architecture_beta1", plain, [](auto& s) { s.search.architecture_optimizer.beta1 = 0.9; }},
      {"architecture_beta2", plain, [](auto& s) { s.search.architecture_optimizer.beta2 = 0.9; }},
      {"architecture_weight_decay", plain,
       [](auto& s) { s.search.architecture_optimizer.weight_decay = 0.5; }},
      {"second_order_radius", second, [](auto& s) { s.search.second_order_radius = 0.5; }},
      {"architecture_batch_norm", plain,
       [](auto& s) {
         s.search.architecture_batch_norm = clearer::ArchitectureBatchNorm::kTraining;
       }},
      {"lambda_architecture", plain, [](auto& s) { s.search.losses.lambda_architecture = 0.5; }},
      {"lambda_complexity", plain, [](auto& s) { s.search.losses.lambda_complexity = 0.5; }},
      {"architecture_loss_sign", plain,
       [](auto& s) { s.search.losses.architecture_loss_sign = clearer::EntropySign::kPlus; }},
      {"architecture_loss_form", plain,
       [](auto& s) { s.search.losses.architecture_loss_form = clearer::EntropyForm::kAsReleased; }},
      {"complexity_cost", plain,
       [](auto& s) { s.search.complexity_cost = clearer::ComplexityCost::kMacs; }}};
}

std::vector<Setting<SearchStage>> candidate_settings() {
  const auto evolution = plain_search(clearer::StrategyKind::kEvolution);
  return {{"candidates", evolution, [](auto& s) { s.search.candidates = 7; }},
          {"population", evolution, [](auto& s) { s.search.population = 4; }},
          {"tournament", evolution, [](auto& s) { s.search.tournament = 1; }},
          {"shared_weights", evolution, [](auto& s) { s.search.shared_weights = false; }}};
}

TEST(SettingsReach, TheSearch) {
  auto tested = expect_each_matters("search", gradient_settings());
  tested.merge(expect_each_matters("search", candidate_settings()));
  expect_whole(exchange::search_table(), tested, {});
}

/// P(parallel) that a search ends with under those costs of parallel and fusion modules.
double parallel_at_the_end(const StageFolders& folders, const std::string& name,
                           const std::string& latencies) {
  auto settings = plain_search();
  settings.search.complexity_cost = clearer::ComplexityCost::kLatency;
  settings.search.losses.lambda_complexity = 100;
  const auto folder = folders.make(name, "search", exchange::to_json(settings));
  // As the stage leaves them when it has measured: a resumed search goes on with these.
  files::write_file(folder / "artifacts/module_latencies.json", latencies);
  const auto p = series_of(carried_out(folder), "p_parallel/0");
  return p.empty() ? 0 : p.back();
}

TEST(SettingsReach, TheSearchFromMeasuredLatencies) {
  const StageFolders folders;
  EXPECT_LT(parallel_at_the_end(folders, "slow-parallel", "[[9,1],[9,1],[9,1]]"), 0.5);
  EXPECT_GT(parallel_at_the_end(folders, "slow-fusion", "[[1,9],[1,9],[1,9]]"), 0.5);
}

std::vector<double> scores_of(const StageFolders& folders, const std::string& name,
                              const EvaluateStage& settings) {
  const auto folder = folders.make(name, "evaluate", exchange::to_json(settings));
  folders.add_input(name, "model", "model");
  std::vector<double> values;
  for (const auto& score : carried_out(folder).result.scores) values.push_back(score.value);
  return values;
}

TEST(SettingsReach, TheEvaluation) {
  const StageFolders folders;
  carried_out(folders.make("model", "train", exchange::to_json(plain_training())));
  const EvaluateStage plain{.task = StageFolders::task(),
                            .protocols = {"psnr(space=rgb,round=none,crop=0,agg=image-mean)"}};
  const std::vector<Setting<EvaluateStage>> settings = {
      {"noise_seed", plain, [](auto& s) { s.noise_seed = 1; }},
      {"sigma", plain, [](auto& s) { s.task.degradation.sigma_8bit = 25; }},
      {"noise", plain, [](auto& s) { s.task.degradation.noise = exchange::kTruncatedNoise; }},
      {"protocols", plain, [](auto& s) { s.protocols[0].replace(21, 4, "u8"); }},
      {"precision", plain, [](auto& s) { s.machine.precision = training::Precision::kBfloat16; }},
      {"layout", plain, [](auto& s) { s.machine.layout = training::Layout::kNchw; }}};
  const auto before = scores_of(folders, "plain", plain);
  for (const auto& setting : settings) {
    const bool rounds_alike =
        setting.key == "layout" && training::kernel_variant() == training::KernelVariant::kPlain;
    if (rounds_alike) continue;
    auto changed = setting.stage;
    setting.change(changed);
    EXPECT_NE(scores_of(folders, setting.key, changed), before) << setting.key;
  }
}

TEST(SettingsReach, TheImagesThatAnEvaluationKeeps) {
  const StageFolders folders;
  EvaluateStage settings{.task = StageFolders::task(),
                         .network = {.kind = "degraded"},
                         .protocols = {"psnr(space=rgb,round=none,crop=0,agg=image-mean)"}};
  const auto kept = [&](const std::string& name) {
    return carried_out(folders.make(name, "evaluate", exchange::to_json(settings)))
        .result.artifacts.size();
  };
  EXPECT_EQ(kept("none"), 0u);
  settings.keep_images = 1;
  EXPECT_EQ(kept("one"), 3u) << "degraded, restored and target";
  settings.keep_images = 2;
  EXPECT_EQ(kept("two"), 6u);
}

}  // namespace
}  // namespace bench::stages
