#include "stages/exchange/result.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
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
  if (value == "inf") return infinity;
  if (value == "-inf") return -infinity;
  throw std::runtime_error("expected a number, \"inf\" or \"-inf\", found " + value.dump());
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

// \throws std::runtime_error where two of `names` are the same.
void require_distinct(const char* what, const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (const auto& name : names) {
    if (!seen.insert(name).second) {
      throw std::runtime_error(std::string(what) + " \"" + name + "\" stands there twice");
    }
  }
}

void require_own_file(const std::string& path, std::int64_t size) {
  const std::filesystem::path file(path);
  const bool leads_out = std::find(file.begin(), file.end(), "..") != file.end();
  const bool one_line = path.find_first_of("\n\t") == std::string::npos;
  if (path.empty() || file.is_absolute() || leads_out || !one_line || size < 0) {
    throw std::runtime_error("expected a file below the stage's folder, found \"" + path + "\"");
  }
}

// What the database would refuse, or what would read a file that the stage did not make.
void require_sound(const StageResult& result) {
  std::vector<std::string> scores, quantities, facts, environment, artifacts, data_files;
  for (const auto& score : result.scores) {
    scores.push_back(score.data_set + ", " + score.image + ", " + score.protocol);
  }
  for (const auto& quantity : result.quantities) {
    quantities.push_back(quantity.name + ", repetition " + std::to_string(quantity.repetition));
  }
  for (const auto& [name, value] : result.facts) facts.push_back(name);
  for (const auto& [name, value] : result.environment) environment.push_back(name);
  for (const auto& file : result.artifacts) {
    require_own_file(file.path, file.size);
    artifacts.push_back(file.path);
  }
  for (const auto& file : result.data_files) {
    require_own_file(path_of(file), file.size);
    data_files.push_back(file.data_set + ", " + file.name);
  }
  require_distinct("the score", scores);
  require_distinct("the quantity", quantities);
  require_distinct("the fact", facts);
  require_distinct("the fact of the environment", environment);
  require_distinct("the artifact", artifacts);
  require_distinct("the data file", data_files);
}

// A result that is on the disk must not outlive the files that it names.
void synchronize_files(const std::filesystem::path& stage_folder, const StageResult& result) {
  std::set<std::filesystem::path> files, folders = {stage_folder};
  for (const auto& file : result.artifacts) files.insert(stage_folder / file.path);
  for (const auto& file : result.data_files) files.insert(stage_folder / path_of(file));
  for (const auto& file : files) {
    for (auto folder = file.parent_path(); folder != stage_folder && folder.has_relative_path();
         folder = folder.parent_path()) {
      folders.insert(folder);
    }
  }
  const auto events = stage_folder / kEventsFile;
  if (std::filesystem::exists(events)) files.insert(events);
  for (const auto& file : files) files::synchronize_file(file);
  for (const auto& folder : folders) files::synchronize_folder(folder);
}

}  // namespace

std::string path_of(const DataFile& file) {
  return std::string(kArtifactsFolder) + "/" + file.name + ".png";
}

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
  synchronize_files(stage_folder, result);
  files::write_file(stage_folder / kResultFile, file.dump(1) + "\n");
}

std::optional<StageResult> read_result(const std::filesystem::path& stage_folder) {
  const auto file = stage_folder / kResultFile;
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    const json content = json::parse(files::read_file(file));
    if (content.at("version").get<int>() > kResultVersion) {
      throw std::runtime_error("written by a newer bench (version " + content.at("version").dump() +
                               ")");
    }
    auto result = result_of(content);
    require_sound(result);
    return result;
  } catch (const std::exception& error) {
    throw std::runtime_error(file.string() + " is damaged: " + error.what());
  }
}

void write_failure(const std::filesystem::path& stage_folder, const std::string& reason) {
  files::write_file(stage_folder / kFailureFile,
                    json{{"version", kResultVersion}, {"reason", reason}}.dump(1) + "\n");
}

std::optional<std::string> read_failure(const std::filesystem::path& stage_folder) {
  const auto file = stage_folder / kFailureFile;
  constexpr std::uintmax_t kLargest = 1 << 20;
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error || size > kLargest) return std::nullopt;
  const json content = json::parse(files::read_file(file), nullptr, /*allow_exceptions=*/false);
  if (!content.is_object()) return std::nullopt;
  return content.value("reason", "no reason was given");
}

}  // namespace bench::exchange
