#pragma once

#include <gtest/gtest.h>
#include <torch/nn/module.h>
#include <torch/types.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "clearer/space/search_space.h"

namespace bench::clearer::golden {

/// The file of reference values: BENCH_CLEARER_GOLDEN, or the copy in tests/reference. How its
/// numbers were made stands in its `about` block.
nlohmann::json file();

/// A JSON file of tests/reference.
nlohmann::json reference_file(const std::string& name);

/// The space of a case (or of the trajectory's `config`).
SearchSpace space_of(const nlohmann::json& config);

/// Weights by the file's rule: a sine over one index that runs through all parameters.
void fill_weights(torch::nn::Module& network);

/// offset + scale * wave(step * j + phase) over [2, channels, 32, 40], rounded to float32.
torch::Tensor image(std::int64_t channels, double step, double phase, bool cosine);
torch::Tensor degraded(std::int64_t channels);
torch::Tensor target(std::int64_t channels);

/// The file's architecture logits for so many positions, [positions, 2], rounded to float32.
torch::Tensor logits(std::int64_t positions);

/// Values of a (nested) JSON list as one flat vector.
std::vector<double> numbers(const nlohmann::json& list);
std::vector<double> numbers(const torch::Tensor& tensor);

/// |found - expected| <= tolerance * max(|expected|, scale).
void expect_close(const std::string& what, double found, double expected, double tolerance,
                  double scale = 1e-3);
void expect_close(const std::string& what, const std::vector<double>& found,
                  const std::vector<double>& expected, double tolerance);

/// Every statistic that the file gives of an output.
void expect_output(const std::string& what, const torch::Tensor& output,
                   const nlohmann::json& expected, double tolerance);

/// The sums over all running statistics, and the first ones.
void expect_batch_norms(const std::string& what, const torch::nn::Module& network,
                        const nlohmann::json& expected, double tolerance);

/// 2-norm over the gradients of all parameters.
double gradient_norm(const torch::nn::Module& network);

}  // namespace bench::clearer::golden
