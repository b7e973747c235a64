// Times training, search and evaluation steps of a small network (widths 8/16/32/64, cells of 2
// modules, grey, batch 8, patches 32x32), as bench does them and as plain eager LibTorch would:
// NCHW, torch::optim, every gradient of the architecture step's backward pass.
// One number is one step, data at hand, from the batch to the updated weights.
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>

#include "clearer/search/strategy.h"
#include "clearer/search_space/derived_network.h"
#include "training/inference.h"
#include "training/precision.h"
#include "training/trainer.h"

namespace bench {
namespace {

struct Settings {
  int threads = 1;
  int steps = 40;
  bool json = false;
  std::int64_t batch = 8, side = 32;
  std::vector<std::int64_t> channels = {8, 16, 32, 64};
};

struct Timing {
  std::string name;
  std::vector<double> milliseconds;
};

torch::Generator generator() {
  return at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
}

clearer::SearchSpace space_of(const Settings& settings) {
  clearer::SearchSpace space;
  space.channels = settings.channels;
  space.modules = {2, 2, 2, 2};
  space.initialisation = clearer::Initialisation::kKaiming;
  return space;
}

training::Batch batch_of(const Settings& settings) {
  const auto target = torch::rand({settings.batch, 1, settings.side, settings.side}, generator());
  return {target + 0.2 * torch::randn(target.sizes(), generator()), target};
}

template <typename Step>
Timing timed(const std::string& name, const Settings& settings, const Step& step) {
  constexpr int kWarmup = 5;
  Timing timing{name, {}};
  for (int i = 0; i < settings.steps + kWarmup; ++i) {
    const auto start = std::chrono::steady_clock::now();
    step();
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;
    if (i >= kWarmup) timing.milliseconds.push_back(elapsed.count());
  }
  return timing;
}

std::shared_ptr<clearer::DerivedNetwork> network_of(const Settings& settings) {
  const auto space = space_of(settings);
  return std::make_shared<clearer::DerivedNetwork>(
      space, clearer::alternating_architecture(clearer::cell_sizes(space)), generator());
}

Timing train_bench(const Settings& settings, training::Precision precision) {
  training::Recipe recipe;
  recipe.steps = 1 << 20;
  recipe.precision = precision;
  const auto batch = batch_of(settings);
  training::Trainer trainer(network_of(settings), recipe, [&](std::int64_t) { return batch; });
  const bool bfloat16 = precision == training::Precision::kBfloat16;
  return timed(bfloat16 ? "train, bench, bfloat16" : "train, bench", settings,
               [&] { trainer.step(); });
}

Timing train_plain(const Settings& settings) {
  const auto network = network_of(settings);
  torch::optim::Adam optimiser(network->parameters(), torch::optim::AdamOptions(1e-3));
  const auto batch = batch_of(settings);
  return timed("train, plain LibTorch", settings, [&] {
    optimiser.zero_grad();
    const auto loss = torch::mse_loss(network->forward(batch.degraded), batch.target);
    loss.backward();
    torch::nn::utils::clip_grad_norm_(network->parameters(), 5.0);
    optimiser.step();
    loss.item<double>();
  });
}

Timing search_bench(const Settings& settings) {
  clearer::SearchOptions options;
  options.epochs = 1 << 20;
  options.warmup_fraction = 0.0;
  clearer::Supernet supernet(space_of(settings), options.semantics, generator());
  const auto batch = batch_of(settings);
  const auto source = [&](std::int64_t) { return batch; };
  const auto search =
      clearer::make_strategy(space_of(settings), options, supernet, {source, source});
  return timed("search, bench", settings, [&] { search->step(); });
}

Timing search_plain(const Settings& settings) {
  clearer::Supernet supernet(space_of(settings), clearer::SupernetSemantics::kPaper, generator());
  auto& logits = supernet->architecture_logits();
  torch::optim::Adam architecture({logits}, torch::optim::AdamOptions(3e-4).betas({0.5, 0.999}));
  torch::optim::SGD weights(supernet->parameters(),
                            torch::optim::SGDOptions(0.025).momentum(0.9).weight_decay(3e-4));
  const auto batch = batch_of(settings);
  const auto costs = torch::tensor({0.7F, 0.3F}).expand({logits.size(0), 2});
  const auto objective = [&] {
    return torch::mse_loss(supernet->forward(batch.degraded), batch.target) +
           clearer::architecture_terms(logits, costs, {});
  };
  return timed("search, plain LibTorch", settings, [&] {
    supernet->eval();
    architecture.zero_grad();
    const auto first = objective();
    first.backward();
    architecture.step();
    first.item<double>();
    supernet->train();
    weights.zero_grad();
    const auto second = objective();
    second.backward();
    torch::nn::utils::clip_grad_norm_(supernet->parameters(), 5.0);
    weights.step();
    second.item<double>();
  });
}

Timing evaluation(const Settings& settings, bool plain) {
  const auto network = network_of(settings);
  training::InferenceOptions options;
  if (plain) options = {.fold_batch_norms = false, .layout = training::Layout::kNchw};
  const training::Restorer restorer(network, options);
  const auto picture = torch::rand({1, 1, 160, 240}, generator());
  return timed(plain ? "evaluation 160x240, plain LibTorch" : "evaluation 160x240, bench, folded",
               settings, [&] { restorer.restore(picture); });
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

void print(const std::vector<Timing>& timings, bool json) {
  if (json) std::printf("[");
  for (std::size_t i = 0; i < timings.size(); ++i) {
    const auto& timing = timings[i];
    if (!json) {
      std::printf("%-40s median %8.2f ms, least %8.2f ms, n %zu\n", timing.name.c_str(),
                  median(timing.milliseconds),
                  *std::min_element(timing.milliseconds.begin(), timing.milliseconds.end()),
                  timing.milliseconds.size());
      continue;
    }
    std::printf("%s{\"name\": \"%s\", \"milliseconds\": [", i ? ",\n" : "", timing.name.c_str());
    for (std::size_t k = 0; k < timing.milliseconds.size(); ++k) {
      std::printf("%s%.4f", k ? ", " : "", timing.milliseconds[k]);
    }
    std::printf("]}");
  }
  if (json) std::printf("]\n");
}

int run(int argument_count, char** arguments) {
  Settings settings;
  for (int i = 1; i < argument_count; ++i) {
    const auto is = [&](const char* name) { return std::strcmp(arguments[i], name) == 0; };
    const auto number = [&] { return i + 1 < argument_count ? std::atoi(arguments[++i]) : 0; };
    if (is("--json")) {
      settings.json = true;
    } else if (is("--threads")) {
      settings.threads = number();
    } else if (is("--steps")) {
      settings.steps = number();
    } else if (is("--batch")) {
      settings.batch = number();
    } else if (is("--side")) {
      settings.side = number();
    } else {
      std::fprintf(stderr,
                   "usage: clearer_benchmark [--threads N] [--steps N] [--batch N] "
                   "[--side N] [--json]\n");
      return 2;
    }
  }
  at::set_num_threads(settings.threads);
  print({train_bench(settings, training::Precision::kFloat32), train_plain(settings),
         train_bench(settings, training::Precision::kBfloat16), search_bench(settings),
         search_plain(settings), evaluation(settings, false), evaluation(settings, true)},
        settings.json);
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  return bench::run(argument_count, arguments);
}
