#include "golden.h"

#include <cmath>
#include <cstdlib>
#include <fstream>

namespace bench::clearer::golden {
namespace {

nlohmann::json parsed(const std::string& path) {
  std::ifstream stream(path);
  if (!stream) throw std::runtime_error("cannot open " + path);
  return nlohmann::json::parse(stream);
}

double to_float32(double value) {
  return static_cast<double>(static_cast<float>(value));
}

}  // namespace

nlohmann::json reference_file(const std::string& name) {
  return parsed(std::string(BENCH_SOURCE_DIR) + "/tests/reference/" + name);
}

nlohmann::json file() {
  const char* path = std::getenv("BENCH_CLEARER_GOLDEN");
  return path ? parsed(path) : reference_file("clearer_golden.json");
}

SearchSpace space_of(const nlohmann::json& config) {
  SearchSpace space;
  space.image_channels = config.at("in_channel");
  space.channels = config.at("list_channels").get<std::vector<std::int64_t>>();
  space.modules = config.at("list_modules").get<std::vector<std::int64_t>>();
  return space;
}

void fill_weights(torch::nn::Module& network) {
  torch::NoGradGuard no_grad;
  std::int64_t index = 0;
  for (auto& entry : network.named_parameters()) {
    auto& parameter = entry.value();
    const bool convolution = parameter.dim() == 4;
    const bool weight = entry.key().ends_with("weight");
    const double fan_in = convolution ? static_cast<double>(parameter[0].numel()) : 1.0;
    std::vector<double> values;
    for (std::int64_t i = 0; i < parameter.numel(); ++i, ++index) {
      const double s = std::sin(0.37 * static_cast<double>(index) + 1.0);
      const double value =
          convolution ? 0.5 * std::sqrt(2.0 / fan_in) * s : (weight ? 1.0 : 0.0) + 0.1 * s;
      values.push_back(to_float32(value));
    }
    parameter.copy_(torch::tensor(values, torch::kFloat64).reshape(parameter.sizes()));
  }
}

torch::Tensor image(std::int64_t channels, double step, double phase, bool cosine) {
  std::vector<double> values;
  for (std::int64_t j = 0; j < 2 * channels * 32 * 40; ++j) {
    const double angle = step * static_cast<double>(j) + phase;
    values.push_back(to_float32(0.5 + 0.5 * (cosine ? std::cos(angle) : std::sin(angle))));
  }
  return torch::tensor(values, torch::kFloat64).reshape({2, channels, 32, 40});
}

torch::Tensor degraded(std::int64_t channels) {
  return image(channels, 0.11, 0.5, false);
}
torch::Tensor target(std::int64_t channels) {
  return image(channels, 0.07, 0.3, true);
}

torch::Tensor logits(std::int64_t positions) {
  std::vector<double> values;
  for (std::int64_t k = 0; k < positions; ++k) {
    values.push_back(to_float32(0.3 * std::sin(1.0 * static_cast<double>(k) + 0.5)));
    values.push_back(to_float32(0.3 * std::cos(0.7 * static_cast<double>(k))));
  }
  return torch::tensor(values, torch::kFloat64).reshape({positions, 2});
}

std::vector<double> numbers(const nlohmann::json& list) {
  if (!list.is_array()) return {list.get<double>()};
  std::vector<double> values;
  for (const auto& element : list) {
    for (const auto value : numbers(element)) values.push_back(value);
  }
  return values;
}

std::vector<double> numbers(const torch::Tensor& tensor) {
  const auto flat = tensor.detach().to(torch::kFloat64).contiguous().flatten();
  return {flat.const_data_ptr<double>(), flat.const_data_ptr<double>() + flat.numel()};
}

void expect_close(const std::string& what, double found, double expected, double tolerance,
                  double scale) {
  EXPECT_NEAR(found, expected, tolerance * std::max(std::abs(expected), scale)) << what;
}

void expect_close(const std::string& what, const std::vector<double>& found,
                  const std::vector<double>& expected, double tolerance) {
  ASSERT_EQ(found.size(), expected.size()) << what;
  double scale = 0.0;  // rounding is relative to the largest value that goes into a sum
  for (const auto value : expected) scale = std::max(scale, std::abs(value));
  for (std::size_t i = 0; i < found.size(); ++i) {
    expect_close(what + "[" + std::to_string(i) + "]", found[i], expected[i], tolerance, scale);
  }
}

void expect_output(const std::string& what, const torch::Tensor& output,
                   const nlohmann::json& expected, double tolerance) {
  ASSERT_EQ(output.sizes().vec(), expected.at("shape").get<std::vector<std::int64_t>>()) << what;
  const auto values = output.detach().to(torch::kFloat64);
  const auto number = [&](const char* name, const torch::Tensor& found) {
    expect_close(what + " " + name, found.item<double>(), expected.at(name).get<double>(),
                 tolerance);
  };
  number("mean", values.mean());
  number("std_unbiased", values.std());
  number("min", values.min());
  number("max", values.max());
  number("l2", values.norm());
  const auto flat = values.contiguous().flatten();
  expect_close(what + " first16", numbers(flat.slice(0, 0, 16)), numbers(expected.at("first16")),
               tolerance);
  expect_close(what + " last4", numbers(flat.slice(0, flat.numel() - 4)),
               numbers(expected.at("last4")), tolerance);
}

void expect_batch_norms(const std::string& what, const torch::nn::Module& network,
                        const nlohmann::json& expected, double tolerance) {
  double mean = 0.0, variance = 0.0;
  const auto buffers = network.named_buffers();
  for (const auto& entry : buffers) {
    if (entry.key().ends_with("running_mean")) mean += entry.value().sum().item<double>();
    if (entry.key().ends_with("running_var")) variance += entry.value().sum().item<double>();
  }
  expect_close(what + " means", mean, expected.at("sum_all_running_mean"), tolerance);
  expect_close(what + " variances", variance, expected.at("sum_all_running_var"), tolerance);
  const auto& first = expected.at("first_bn");
  const std::string name = first.at("name");
  const auto stem = name.substr(0, name.rfind('.'));
  expect_close(what + " first mean", numbers(buffers[stem + ".running_mean"]),
               numbers(first.at("running_mean")), tolerance);
  expect_close(what + " first variance", numbers(buffers[stem + ".running_var"]),
               numbers(first.at("running_var")), tolerance);
}

double gradient_norm(const torch::nn::Module& network) {
  double squares = 0.0;
  for (const auto& parameter : network.parameters()) {
    if (parameter.grad().defined()) squares += parameter.grad().square().sum().item<double>();
  }
  return std::sqrt(squares);
}

}  // namespace bench::clearer::golden
