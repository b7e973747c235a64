#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

/// The file named by the environment variable, or the committed copy in tests/reference.
nlohmann::json reference_json(const char* variable, const std::string& default_name);

/// Writes the formula init of the golden files into all parameters, in order:
/// s = sin(0.37 i + 1) for one flat index i; weights of two or more dimensions get
/// 0.5 sqrt(2 / fan_in) s, normalization weights 1 + 0.1 s, other vectors 0.1 s; rounded to
/// float32. Also requires the shapes of `named_parameters` (a golden's list) in their order.
void formula_init(torch::nn::Module& module, const nlohmann::json& named_parameters);

/// x[j] = 0.5 + 0.5 sin(0.11 j + 0.5), rounded to float32, as float64.
torch::Tensor formula_input(const std::vector<std::int64_t>& shape);

/// Compares shape, mean, deviation, first 16 and last 4 values, each to 1e-9 relative.
void expect_golden(const torch::Tensor& output, const nlohmann::json& expected);

/// Parameters of a module.
std::int64_t parameter_count(const torch::nn::Module& module);
