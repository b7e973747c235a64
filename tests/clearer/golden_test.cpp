#include <gtest/gtest.h>
#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <numeric>

#include "clearer/losses/architecture_losses.h"
#include "clearer/network/derived_network.h"
#include "clearer/network/supernet.h"
#include "clearer/search/strategy.h"
#include "golden.h"
#include "released_weights.h"

namespace bench::clearer {
namespace {

using golden::expect_close;
using golden::numbers;

constexpr double kExact = 1e-9;
constexpr double kFloat32 = 2e-4;

torch::Generator generator() {
  return at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
}

Architecture alternating(const SearchSpace& space) {
  return alternating_architecture(cell_sizes(space));
}

std::shared_ptr<DerivedNetwork> derived_network(const SearchSpace& space, torch::Dtype dtype) {
  auto network = std::make_shared<DerivedNetwork>(space, alternating(space), generator());
  network->to(torch::kFloat64);
  golden::fill_weights(*network);
  network->to(dtype);
  return network;
}

Supernet supernet(const SearchSpace& space, SupernetSemantics semantics, torch::Dtype dtype) {
  Supernet network(space, semantics, generator());
  network->to(torch::kFloat64);
  golden::fill_weights(*network);
  network->to(dtype);
  torch::NoGradGuard no_grad;
  network->architecture_logits().copy_(golden::logits(searched_positions(space)));
  return network;
}

std::int64_t parameter_total(const torch::nn::Module& network) {
  std::int64_t total = 0;
  for (const auto& parameter : network.parameters()) total += parameter.numel();
  return total;
}

void expect_names(const torch::nn::Module& network, const nlohmann::json& expected) {
  EXPECT_EQ(parameter_total(network), expected.at("num_params").get<std::int64_t>());
  EXPECT_EQ(network.parameters().size(), expected.at("num_param_tensors").get<std::size_t>());
  if (!expected.contains("named_parameters")) return;
  const auto found = network.named_parameters();
  const auto& names = expected.at("named_parameters");
  ASSERT_EQ(found.size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(found[i].key(), names[i][0].get<std::string>());
    EXPECT_EQ(found[i].value().sizes().vec(), names[i][1].get<std::vector<std::int64_t>>());
  }
}

void expect_derived(const SearchSpace& space, const std::string& mode,
                    const nlohmann::json& expected) {
  const auto network = derived_network(space, torch::kFloat64);
  network->train(mode == "train");
  const auto restored = network->forward(golden::degraded(space.image_channels));
  golden::expect_output("output", restored, expected.at("float64"), kExact);
  const auto loss = torch::mse_loss(restored, golden::target(space.image_channels));
  expect_close("mse", loss.item<double>(), expected.at("mse"), kExact);
  loss.backward();
  expect_close("gradient norm", golden::gradient_norm(*network), expected.at("grad_global_l2"),
               kExact);
  const auto parameters = network->parameters();
  const auto first = expected.at("grad_first_param_first8");
  expect_close("first gradient",
               numbers(parameters.front().grad().flatten().slice(
                   0, 0, static_cast<std::int64_t>(first.size()))),
               numbers(first), kExact);
  expect_close("last gradient",
               numbers(parameters.back().grad().flatten().slice(
                   0, 0, static_cast<std::int64_t>(expected.at("grad_last_param").size()))),
               numbers(expected.at("grad_last_param")), kExact);
  if (expected.contains("bn_after_forward")) {
    golden::expect_batch_norms("batch norm", *network, expected.at("bn_after_forward"), kExact);
  }
  const auto single = derived_network(space, torch::kFloat32);
  single->train(mode == "train");
  golden::expect_output("float32",
                        single->forward(golden::degraded(space.image_channels).to(torch::kFloat32)),
                        expected.at("float32"), kFloat32);
}

ArchitectureLossOptions as_released(double lambda2) {
  return {EntropyForm::kAsReleased, EntropySign::kMinus, 0.01, lambda2};
}

torch::Tensor released_costs(std::int64_t positions) {
  return torch::tensor({0.7, 0.3}, torch::kFloat64).expand({positions, 2});
}

/// Gradients of one objective of the file; with `lambda2` .1 its "full_total", with 0 "code_total".
void expect_supernet_gradients(const SearchSpace& space, SupernetSemantics semantics, bool train,
                               double lambda2, const nlohmann::json& expected) {
  const std::string name = lambda2 == 0.0 ? "code_total" : "full_total";
  auto network = supernet(space, semantics, torch::kFloat64);
  network->train(train);
  auto& logits = network->architecture_logits();
  const auto restored = network->forward(golden::degraded(space.image_channels));
  const auto mse = torch::mse_loss(restored, golden::target(space.image_channels));
  const auto total =
      mse + architecture_terms(logits, released_costs(logits.size(0)), as_released(lambda2));
  expect_close(name, total.item<double>(), expected.at(name), kExact);
  total.backward();
  expect_close("gradient of the architecture", numbers(logits.grad()),
               numbers(expected.at("grad_arch_" + name)), kExact);
  expect_close("gradient norm", golden::gradient_norm(*network),
               expected.at("grad_weights_global_l2"), kExact);
}

void expect_supernet(const SearchSpace& space, SupernetSemantics semantics, bool train,
                     const nlohmann::json& expected) {
  auto network = supernet(space, semantics, torch::kFloat64);
  network->train(train);
  const auto restored = network->forward(golden::degraded(space.image_channels));
  golden::expect_output("output", restored, expected.at("float64"), kExact);
  const auto mse = torch::mse_loss(restored, golden::target(space.image_channels));
  expect_close("mse", mse.item<double>(), expected.at("mse"), kExact);
  const auto& logits = network->architecture_logits();
  expect_close(
      "reg",
      architecture_loss(logits, EntropyForm::kAsReleased, EntropySign::kMinus).item<double>(),
      expected.at("reg"), kExact);
  expect_close("latency", complexity_loss(logits, released_costs(logits.size(0))).item<double>(),
               expected.at("latency"), kExact);
  if (expected.contains("bn_after_forward")) {
    golden::expect_batch_norms("batch norm", *network, expected.at("bn_after_forward"), kExact);
  }
  auto single = supernet(space, semantics, torch::kFloat32);
  single->train(train);
  golden::expect_output("float32",
                        single->forward(golden::degraded(space.image_channels).to(torch::kFloat32)),
                        expected.at("float32"), kFloat32);
  expect_supernet_gradients(space, semantics, train, 0.0, expected);
  expect_supernet_gradients(space, semantics, train, 0.1, expected);
}

TEST(ClearerGolden, DerivedNetworksEqualTheFile) {
  const auto file = golden::file();
  for (const auto& [name, config] : file.at("cases").items()) {
    SCOPED_TRACE(name);
    const auto space = golden::space_of(config);
    std::vector<int> letters;
    for (const auto kind : flattened(alternating(space))) letters.push_back(static_cast<int>(kind));
    ASSERT_EQ(letters, config.at("arch_derived").get<std::vector<int>>());
    const auto& expected = config.at("derived");
    expect_names(*derived_network(space, torch::kFloat64), expected);
    for (const std::string mode : {"eval", "train"}) {
      SCOPED_TRACE(mode);
      expect_derived(space, mode, expected.at(mode));
    }
  }
}

TEST(ClearerGolden, DerivedStateHasTheReleasedNames) {
  const auto file = golden::file();
  for (const auto& [name, config] : file.at("cases").items()) {
    SCOPED_TRACE(name);
    if (!config.at("derived").contains("state_dict_keys")) continue;
    const auto network = derived_network(golden::space_of(config), torch::kFloat32);
    std::vector<std::string> found;
    for (const auto& entry : network->named_parameters()) found.push_back(entry.key());
    for (const auto& entry : network->named_buffers()) found.push_back(entry.key());
    auto expected = config.at("derived").at("state_dict_keys").get<std::vector<std::string>>();
    std::sort(found.begin(), found.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(found, expected);
  }
}

TEST(ClearerGolden, SupernetsEqualTheFileInBothSemantics) {
  const auto file = golden::file();
  for (const auto& [name, config] : file.at("cases").items()) {
    const auto space = golden::space_of(config);
    const auto& expected = config.at("supernet");
    expect_names(*supernet(space, SupernetSemantics::kPaper, torch::kFloat64), expected);
    for (const std::string semantics : {"reference", "paper"}) {
      for (const std::string mode : {"eval", "train"}) {
        SCOPED_TRACE(name + " " + semantics + " " + mode);
        expect_supernet(
            space,
            semantics == "paper" ? SupernetSemantics::kPaper : SupernetSemantics::kAsReleased,
            mode == "train", expected.at(semantics + "_" + mode));
      }
    }
  }
}

SearchOptions released_search(SupernetSemantics semantics, std::int64_t steps) {
  SearchOptions options;
  options.semantics = semantics;
  options.weights = released_weights(std::max<std::int64_t>(steps, 50));
  options.epochs = 1;
  options.warm_up_fraction = 0.0;
  options.losses = as_released(0.0);
  options.weights.layout = training::Layout::kNchw;
  return options;
}

void expect_trajectory(const SearchSpace& space, SupernetSemantics semantics,
                       const nlohmann::json& steps) {
  auto network = supernet(space, semantics, torch::kFloat64);
  const auto channels = space.image_channels;
  const SearchBatches batches = {
      [&](std::int64_t) {
        return training::Batch{golden::degraded(channels), golden::target(channels)};
      },
      [&](std::int64_t) {
        return training::Batch{golden::image(channels, 0.13, 0.9, false),
                               golden::image(channels, 0.05, 0.1, true)};
      }};
  const auto options = released_search(semantics, static_cast<std::int64_t>(steps.size()));
  const auto search = make_strategy(space, options, network, batches);
  for (const auto& expected : steps) {
    const auto report = search->step();
    SCOPED_TRACE("step " + std::to_string(report.step));
    expect_close("validation loss", report.architecture_loss, expected.at("val_loss_eval_mode"),
                 kExact);
    const auto& logits = network->architecture_logits();
    expect_close("architecture", numbers(logits), numbers(expected.at("arch_after")), kExact);
    const auto entropy =
        architecture_loss(logits, EntropyForm::kAsReleased, EntropySign::kMinus).item<double>();
    expect_close("train loss", report.weight_loss + 0.01 * entropy, expected.at("train_loss"),
                 kExact);
    expect_close("gradient norm", report.gradient_norm, expected.at("grad_norm_before_clip"),
                 kExact);
    expect_close("last convolution", numbers(network->parameters().back()),
                 numbers(expected.at("final_conv_weight_after")), kExact);
  }
}

TEST(ClearerGolden, FirstOrderSearchEqualsTheTrajectory) {
  const auto trajectory = golden::file().at("search_trajectory");
  const auto space = golden::space_of(trajectory.at("config"));
  for (const std::string semantics : {"reference", "paper"}) {
    SCOPED_TRACE(semantics);
    expect_trajectory(
        space, semantics == "paper" ? SupernetSemantics::kPaper : SupernetSemantics::kAsReleased,
        trajectory.at("steps").at(semantics));
  }
}

}  // namespace
}  // namespace bench::clearer
