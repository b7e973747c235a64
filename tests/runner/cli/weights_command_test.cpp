#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "baselines/weights/safetensors.h"
#include "tests/stages/program.h"

namespace bench::stages {
namespace {

const std::string kPth = std::string(BENCH_SOURCE_DIR) + "/tests/reference/pth/";

std::filesystem::path written(const std::vector<float>& values) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("bench-inspected-" + std::to_string(::getpid()) + ".safetensors");
  const auto count = static_cast<std::int64_t>(values.size());
  const std::vector<weights::TensorView> tensors = {
      {"conv.weight", weights::ElementType::kFloat32, {count}, std::as_bytes(std::span(values))}};
  weights::write_safetensors(file, tensors, {{"made by", "a test"}});
  return file;
}

TEST(WeightsCommand, ListsTensorsAndMetadataOfSafetensors) {
  const auto file = written({1, 2, 6});
  const auto run = run_bench({"weights", "inspect", file.string(), "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto found = nlohmann::json::parse(run.out);
  EXPECT_EQ(found.at("format"), "safetensors");
  EXPECT_EQ(found.at("metadata").at("made by"), "a test");
  EXPECT_EQ(found.at("tensors").at(0).at("name"), "conv.weight");
  EXPECT_EQ(found.at("tensors").at(0).at("mean"), 3.0);
  const auto table = run_bench({"weights", "inspect", file.string()});
  EXPECT_NE(table.out.find("1 tensor, 3 values (safetensors)"), std::string::npos) << table.out;
  std::filesystem::remove(file);
}

TEST(WeightsCommand, ListsTheTensorsOfAPthFile) {
  const auto run = run_bench({"weights", "inspect", kPth + "state.pth", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(nlohmann::json::parse(run.out).at("tensors").size(), 7u);
}

TEST(WeightsCommand, WhatIsBrokenIsBadInputThatNamesIt) {
  const auto file = written({1, std::numeric_limits<float>::quiet_NaN()});
  const std::vector<std::pair<std::string, std::string>> broken = {
      {file.string(), "conv.weight"},
      {kPth + "whole_module.pth", "whole_module.pth"},
      {kPth + "no_such.pth", "no_such.pth"}};
  for (const auto& [path, named] : broken) {
    const auto run = run_bench({"weights", "inspect", path});
    EXPECT_EQ(run.code, 2) << path;
    EXPECT_NE(run.err.find(named), std::string::npos) << run.err;
  }
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace bench::stages
