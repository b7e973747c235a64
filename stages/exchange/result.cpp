#include "stages/exchange/result.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/files/read_file.h"
#include "core/files/write_file.h"
#include "stages/exchange/request.h"

namespace bench::exchange {
namespace {

using nlohmann::json;

constexpr int kResultVersion = 1;

// JSON has no infinity, and the PSNR of identical images is one.
json number(double value, const std::string& what) {
  if (std::isnan(value)) throw std::runtime_error("result.json: " + what + " is not a number");
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

double number_of(const json& value) {
  if (value.is_number()) return value.get<double>();
  const auto infinity = std::numeric_limits<double>::infinity();
  return value.get<std::string>() == "inf" ? infinity : -infinity;
}

json pairs(const std::vector<std::pair<std::string, std::string>>& values) {
  json list = json::array();
  for (const auto& [name, value] : values) list.push_back({name, value});
  return list;
}

std::vector<std::pair<std::string, std::string>> pairs_of(const json& list) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& pair : list) values.emplace_back(pair.at(0), pair.at(1));
  return values;
}

json measurements(const StageResult& result) {
  json scores = json::array();
  for (const auto& score : result.scores) {
    scores.push_back({{"data_set", score.data_set},
                      {"image", score.image},
                      {"protocol", score.protocol},
                      {"value", number(score.value, score.protocol + " of " + score.image)}});
  }
  json quantities = json::array();
  for (const auto& quantity : result.quantities) {
    quantities.push_back({{"name", quantity.name},
                          {"unit", quantity.unit},
                          {"value", number(quantity.value, quantity.name)},
                          {"repetition", quantity.repetition}});
  }
  return {{"scores", scores}, {"quantities", quantities}};
}

json files(const StageResult& result) {
  json artifacts = json::array();
  for (const auto& artifact : result.artifacts) {
    artifacts.push_back({{"role", artifact.role},
                         {"path", artifact.path},
                         {"size", artifact.size},
                         {"sha256", artifact.sha256}});
  }
  json data_files = json::array();
  for (const auto& file : result.data_files) {
    data_files.push_back({{"data_set", file.data_set},
                          {"name", file.name},
                          {"size", file.size},
                          {"sha256", file.sha256}});
  }
  return {{"artifacts", artifacts}, {"data_files", data_files}};
}

StageResult result_of(const json& file) {
  StageResult result;
  for (const auto& score : file.at("scores")) {
    result.scores.push_back({score.at("data_set"), score.at("image"), score.at("protocol"),
                             number_of(score.at("value"))});
  }
  for (const auto& quantity : file.at("quantities")) {
    result.quantities.push_back({quantity.at("name"), quantity.at("unit"),
                                 number_of(quantity.at("value")), quantity.at("repetition")});
  }
  for (const auto& artifact : file.at("artifacts")) {
    result.artifacts.push_back(
        {artifact.at("role"), artifact.at("path"), artifact.at("size"), artifact.at("sha256")});
  }
  for (const auto& data_file : file.at("data_files")) {
    result.data_files.push_back({data_file.at("data_set"), data_file.at("name"),
                                 data_file.at("size"), data_file.at("sha256")});
  }
  result.facts = pairs_of(file.at("facts"));
  result.environment = pairs_of(file.at("environment"));
  const auto& resources = file.at("resources");
  result.resources = {resources.at("wall_seconds"), resources.at("cpu_seconds"),
                      resources.at("peak_memory_bytes"), resources.at("threads")};
  return result;
}

}  // namespace

const std::string& fact(const StageResult& result, const std::string& name) {
  for (const auto& [known, value] : result.facts) {
    if (known == name) return value;
  }
  throw std::runtime_error("result.json: no fact \"" + name + "\"");
}

void write_result(const std::filesystem::path& stage_folder, const StageResult& result) {
  json file = {{"version", kResultVersion},
               {"facts", pairs(result.facts)},
               {"environment", pairs(result.environment)},
               {"resources",
                {{"wall_seconds", result.resources.wall_seconds},
                 {"cpu_seconds", result.resources.cpu_seconds},
                 {"peak_memory_bytes", result.resources.peak_memory_bytes},
                 {"threads", result.resources.threads}}}};
  file.update(measurements(result));
  file.update(files(result));
  files::write_file(stage_folder / kResultFile, file.dump(1) + "\n");
}

std::optional<StageResult> read_result(const std::filesystem::path& stage_folder) {
  const auto file = stage_folder / kResultFile;
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    return result_of(json::parse(files::read_file(file)));
  } catch (const json::exception& error) {
    throw std::runtime_error(file.string() + ": damaged: " + error.what() +
                             ". Remove its folder and run again");
  }
}

void write_failure(const std::filesystem::path& stage_folder, const std::string& reason) {
  files::write_file(stage_folder / kFailureFile,
                    json{{"version", kResultVersion}, {"reason", reason}}.dump(1) + "\n");
}

std::optional<std::string> read_failure(const std::filesystem::path& stage_folder) {
  const auto file = stage_folder / kFailureFile;
  if (!std::filesystem::exists(file)) return std::nullopt;
  const json content = json::parse(files::read_file(file), nullptr, /*allow_exceptions=*/false);
  if (!content.is_object()) return std::nullopt;
  return content.value("reason", "no reason was given");
}

}  // namespace bench::exchange
