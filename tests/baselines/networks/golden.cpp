#include "golden.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>

nlohmann::json reference_json(const char* variable, const std::string& default_name) {
  const char* named = std::getenv(variable);
  const auto file =
      named ? std::filesystem::path(named)
            : std::filesystem::path(BENCH_SOURCE_DIR) / "tests/reference" / default_name;
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file.string() + ": cannot read the reference values");
  return nlohmann::json::parse(in);
}

namespace {

double formula_value(const torch::Tensor& parameter, bool is_weight, double s) {
  if (parameter.dim() >= 2) {
    const auto fan_in = parameter.numel() / parameter.size(0);
    return 0.5 * std::sqrt(2.0 / static_cast<double>(fan_in)) * s;
  }
  return is_weight ? 1.0 + 0.1 * s : 0.1 * s;
}

}  // namespace

void formula_init(torch::nn::Module& module, const nlohmann::json& named_parameters) {
  const torch::NoGradGuard no_grad;
  const auto parameters = module.named_parameters();
  ASSERT_EQ(parameters.size(), named_parameters.size());
  std::int64_t flat_index = 0;
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const auto& name = parameters[p].key();
    ASSERT_EQ(parameters[p].value().sizes().vec(),
              named_parameters[p][1].get<std::vector<std::int64_t>>())
        << name << " stands where the reference has " << named_parameters[p][0];
    auto values = torch::empty({parameters[p].value().numel()}, torch::kFloat64);
    const bool is_weight = name.ends_with("weight");
    for (std::int64_t i = 0; i < values.numel(); ++i, ++flat_index) {
      const double s = std::sin(0.37 * static_cast<double>(flat_index) + 1.0);
      values.data_ptr<double>()[i] =
          static_cast<float>(formula_value(parameters[p].value(), is_weight, s));
    }
    auto target = parameters[p].value();
    target.copy_(values.view(target.sizes()));
  }
}

torch::Tensor formula_input(const std::vector<std::int64_t>& shape) {
  auto input = torch::empty(shape, torch::kFloat64);
  for (std::int64_t j = 0; j < input.numel(); ++j) {
    input.data_ptr<double>()[j] =
        static_cast<float>(0.5 + 0.5 * std::sin(0.11 * static_cast<double>(j) + 0.5));
  }
  return input;
}

void expect_golden(const torch::Tensor& output, const nlohmann::json& expected) {
  ASSERT_EQ(output.sizes().vec(), expected.at("shape").get<std::vector<std::int64_t>>());
  const auto near = [](double found, double wanted, const std::string& what) {
    EXPECT_NEAR(found, wanted, 1e-9 * std::max(std::abs(wanted), 1e-3)) << what;
  };
  const auto flat = output.detach().to(torch::kFloat64).contiguous().view({-1});
  near(flat.mean().item<double>(), expected.at("mean"), "mean");
  near(flat.std().item<double>(), expected.at("std_unbiased"), "standard deviation");
  const auto& first = expected.at("first16");
  for (std::size_t i = 0; i < first.size(); ++i) {
    near(flat[static_cast<std::int64_t>(i)].item<double>(), first[i], "value " + std::to_string(i));
  }
  const auto& last = expected.at("last4");
  for (std::size_t i = 0; i < last.size(); ++i) {
    const auto index = flat.numel() - static_cast<std::int64_t>(last.size() - i);
    near(flat[index].item<double>(), last[i], "value " + std::to_string(index));
  }
}

std::int64_t parameter_count(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const auto& parameter : module.parameters()) count += parameter.numel();
  return count;
}
