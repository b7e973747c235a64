#include "stages/latencies.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "clearer/network/latency.h"
#include "core/files/read_file.h"
#include "core/files/write_file.h"

namespace bench::stages {
namespace {

constexpr const char* kFile = "artifacts/module_latencies.json";

}  // namespace

ModuleLatencies module_latencies(Stage& stage, const clearer::SearchSpace& space) {
  const auto file = stage.folder / kFile;
  if (std::filesystem::exists(file)) {
    try {
      return nlohmann::json::parse(files::read_file(file)).get<ModuleLatencies>();
    } catch (const nlohmann::json::exception& error) {
      throw std::runtime_error(file.string() + ": expected pairs of milliseconds: " + error.what());
    }
  }
  const auto measured = clearer::measured_latencies_ms(space, {});
  std::filesystem::create_directories(file.parent_path());
  files::write_file(file, nlohmann::json(measured).dump() + "\n");
  return measured;
}

void add_latencies(const Stage& stage, const ModuleLatencies& latencies,
                   exchange::StageResult& result) {
  result.artifacts.push_back(artifact(stage, "module_latencies", kFile));
  for (std::size_t i = 0; i < latencies.size(); ++i) {
    result.facts.emplace_back("module_latency_ms/" + std::to_string(i),
                              "parallel " + std::to_string(latencies[i][0]) + ", fusion " +
                                  std::to_string(latencies[i][1]));
  }
}

}  // namespace bench::stages
