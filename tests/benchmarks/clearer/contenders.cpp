#include "contenders.h"

#include <torch/nn/utils/clip_grad.h>
#include <torch/optim.h>
#include <torch/types.h>

#include "clearer/losses/architecture_losses.h"
#include "clearer/network/derived_network.h"
#include "clearer/search/strategy.h"
#include "datasets/catalogue.h"
#include "datasets/examples.h"
#include "datasets/patch_sampler.h"
#include "tests/clearer/released_weights.h"
#include "training/inference.h"
#include "training/trainer.h"

namespace bench {
namespace {

constexpr std::int64_t kEndless = 1 << 20;
constexpr double kLearningRate = 1e-3;

torch::Generator generator() {
  return at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
}

struct Variant {
  const char* name;
  training::Precision precision;
  training::Layout layout;
};

constexpr Variant kVariants[] = {
    {"bench", training::Precision::kFloat32, training::Layout::kChannelsLast},
    {"bench, NCHW", training::Precision::kFloat32, training::Layout::kNchw},
    {"bench, bfloat16", training::Precision::kBfloat16, training::Layout::kChannelsLast},
    {"bench, bfloat16, NCHW", training::Precision::kBfloat16, training::Layout::kNchw}};

std::shared_ptr<clearer::DerivedNetwork> network_of(const Settings& settings) {
  const auto space = space_of(settings);
  return std::make_shared<clearer::DerivedNetwork>(
      space, clearer::alternating_architecture(clearer::cell_sizes(space)), generator());
}

std::shared_ptr<training::Trainer> trainer_of(const Settings& settings, const Variant& variant,
                                              const training::BatchSource& batches,
                                              std::int64_t steps) {
  training::Recipe recipe;
  recipe.steps = steps;
  recipe.schedule.kind = training::ScheduleKind::kConstant;
  recipe.schedule.learning_rate = kLearningRate;
  recipe.precision = variant.precision;
  recipe.layout = variant.layout;
  return std::make_shared<training::Trainer>(network_of(settings), recipe, batches);
}

/// The step as the documentation of LibTorch would have it.
class PlainTraining {
 public:
  explicit PlainTraining(const Settings& settings, torch::Dtype type = torch::kFloat32)
      : network_(network_of(settings)), type_(type) {
    network_->to(type);
    optimizer_ = std::make_unique<torch::optim::Adam>(network_->parameters(),
                                                      torch::optim::AdamOptions(kLearningRate));
  }

  double step(const training::Batch& batch) {
    optimizer_->zero_grad();
    const auto restored = network_->forward(batch.degraded.to(type_));
    const auto loss = torch::mse_loss(restored, batch.target.to(type_));
    loss.backward();
    torch::nn::utils::clip_grad_norm_(network_->parameters(), 5.0);
    optimizer_->step();
    return loss.item<double>();
  }

 private:
  std::shared_ptr<clearer::DerivedNetwork> network_;
  const torch::Dtype type_;
  std::unique_ptr<torch::optim::Adam> optimizer_;
};

/// As `train_search.py` of the released code: two backward passes through everything.
class PlainSearch {
 public:
  explicit PlainSearch(const Settings& settings)
      : supernet_(space_of(settings), clearer::SupernetSemantics::kPaper, generator()),
        architecture_({supernet_->architecture_logits()},
                      torch::optim::AdamOptions(3e-4).betas({0.5, 0.999})),
        weights_(supernet_->parameters(),
                 torch::optim::SGDOptions(0.025).momentum(0.9).weight_decay(3e-4)),
        costs_(torch::tensor({0.7F, 0.3F}).expand({supernet_->architecture_logits().size(0), 2})) {}

  void step(const training::Batch& batch) {
    supernet_->eval();
    architecture_.zero_grad();
    objective(batch).backward();
    architecture_.step();
    supernet_->train();
    weights_.zero_grad();
    const auto loss = objective(batch);
    loss.backward();
    torch::nn::utils::clip_grad_norm_(supernet_->parameters(), 5.0);
    weights_.step();
    loss.item<double>();
  }

 private:
  torch::Tensor objective(const training::Batch& batch) {
    return torch::mse_loss(supernet_->forward(batch.degraded), batch.target) +
           clearer::architecture_terms(supernet_->architecture_logits(), costs_, {});
  }

  clearer::Supernet supernet_;
  torch::optim::Adam architecture_;
  torch::optim::SGD weights_;
  torch::Tensor costs_;
};

training::BatchSource always(const training::Batch& batch) {
  return [batch](std::int64_t) { return batch; };
}

Contender evaluation(const Settings& settings, const std::string& name,
                     const training::InferenceOptions& options) {
  const auto restorer = std::make_shared<training::Restorer>(network_of(settings), options);
  const auto image = torch::rand({1, 1, settings.height, settings.width}, generator());
  return {name, [=] { restorer->restore(image); }};
}

}  // namespace

clearer::SearchSpace space_of(const Settings& settings) {
  clearer::SearchSpace space;
  space.channels = settings.channels;
  space.modules = settings.modules;
  space.branches = static_cast<std::int64_t>(settings.channels.size());
  space.initialization = clearer::Initialization::kKaimingLastZeroed;
  space.global_residual = true;
  return space;
}

training::BatchSource patches(const Settings& settings) {
  const auto examples = std::make_shared<const std::vector<datasets::Example>>(
      datasets::load_examples(datasets::find("embedded-leaves"), {}, "train", {.channels = 1}));
  const auto sampler = std::make_shared<const datasets::PatchSampler>(
      examples,
      datasets::PatchOptions{
          .patch_size = static_cast<int>(settings.side),
          .batch_size = static_cast<int>(settings.batch),
          .degradation = {.kind = datasets::DegradationKind::kAwgnFloat, .sigma_8bit = 50},
          .seed = 1});
  const std::vector<std::int64_t> shape = {settings.batch, 1, settings.side, settings.side};
  return [=](std::int64_t step) {
    training::Batch batch{torch::empty(shape), torch::empty(shape)};
    const auto values = [](torch::Tensor& tensor) {
      return std::span(tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel()));
    };
    sampler->sample(step, values(batch.degraded), values(batch.target));
    return batch;
  };
}

std::vector<Contender> training_contenders(const Settings& settings) {
  const auto batch = patches(settings)(0);
  const auto plain = std::make_shared<PlainTraining>(settings);
  std::vector<Contender> contenders = {{"train, plain LibTorch", [=] { plain->step(batch); }}};
  for (const auto& variant : kVariants) {
    const auto trainer = trainer_of(settings, variant, always(batch), kEndless);
    contenders.push_back({std::string("train, ") + variant.name, [=] { trainer->step(); }});
  }
  return contenders;
}

std::vector<Contender> search_contenders(const Settings& settings) {
  const auto batch = patches(settings)(0);
  const auto plain = std::make_shared<PlainSearch>(settings);
  std::vector<Contender> contenders = {{"search, plain LibTorch", [=] { plain->step(batch); }}};
  for (const auto& variant : kVariants) {
    clearer::SearchOptions options;
    options.weights = clearer::released_weights(kEndless);
    options.weights.precision = variant.precision;
    options.weights.layout = variant.layout;
    options.epochs = 1;
    options.warm_up_fraction = 0.0;
    options.losses.lambda_complexity = 0.1;
    const clearer::Supernet supernet(space_of(settings), options.semantics, generator());
    const std::shared_ptr<clearer::Strategy> search = clearer::make_strategy(
        space_of(settings), options, supernet, {always(batch), always(batch)});
    contenders.push_back({std::string("search, ") + variant.name, [=] { search->step(); }});
  }
  return contenders;
}

std::vector<Contender> evaluation_contenders(const Settings& settings) {
  using training::Layout;
  return {evaluation(settings, "evaluate, plain LibTorch",
                     {.fold_batch_norms = false, .layout = Layout::kNchw}),
          evaluation(settings, "evaluate, bench, not folded", {.fold_batch_norms = false}),
          evaluation(settings, "evaluate, bench", {}),
          evaluation(settings, "evaluate, bench, bfloat16",
                     {.precision = training::Precision::kBfloat16})};
}

std::vector<Contender> data_contenders(const Settings& settings) {
  const auto source = patches(settings);
  const auto step = std::make_shared<std::int64_t>(0);
  const auto trainer = trainer_of(settings, kVariants[0], source, kEndless);
  return {{"data, a training step with its batch", [=] { trainer->step(); }},
          {"data, the batch alone", [=] { source((*step)++); }}};
}

std::vector<std::pair<std::string, std::vector<double>>> training_losses(const Settings& settings,
                                                                         std::int64_t steps) {
  const auto source = patches(settings);
  std::vector<std::pair<std::string, std::vector<double>>> losses;
  losses.push_back({"plain LibTorch", {}});
  PlainTraining plain(settings);
  for (std::int64_t i = 0; i < steps; ++i) losses.back().second.push_back(plain.step(source(i)));
  losses.push_back({"plain LibTorch, float64", {}});
  PlainTraining exact(settings, torch::kFloat64);
  for (std::int64_t i = 0; i < steps; ++i) losses.back().second.push_back(exact.step(source(i)));
  for (const auto& variant : kVariants) {
    losses.push_back({variant.name, {}});
    const auto trainer = trainer_of(settings, variant, source, steps);
    while (!trainer->finished()) losses.back().second.push_back(trainer->step().loss);
  }
  return losses;
}

}  // namespace bench
