#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace bench::statistics {

/// Reference values of scipy 1.17.1 on six fixed vectors.
inline const nlohmann::json& oracle() {
  static const nlohmann::json file = nlohmann::json::parse(
      std::ifstream(BENCH_SOURCE_DIR "/tests/reference/statistics_oracle.json"));
  return file;
}

inline std::vector<double> oracle_vector(const std::string& name) {
  return oracle().at("vectors").at(name).get<std::vector<double>>();
}

/// The vectors that a key like "v1-v2" names.
inline std::pair<std::vector<double>, std::vector<double>> oracle_pair(const std::string& key) {
  const auto dash = key.find('-');
  return {oracle_vector(key.substr(0, dash)), oracle_vector(key.substr(dash + 1))};
}

inline constexpr double kTolerance = 1e-9;

}  // namespace bench::statistics
