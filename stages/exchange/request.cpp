#include "stages/exchange/request.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/files/read_file.h"
#include "core/files/write_file.h"

namespace bench::exchange {
namespace {

using nlohmann::json;

constexpr int kRequestVersion = 1;

// Absent in requests that were written before there was a choice.
CheckpointInterval checkpoint_in(const json& content) {
  if (!content.contains("checkpoint")) return {};
  const json& interval = content["checkpoint"];
  return {.steps = interval.at("steps"), .seconds = interval.at("seconds")};
}

// Absent in requests that were written before they were kept.
std::vector<std::pair<std::string, std::string>> folders_in(const json& content) {
  if (!content.contains("code_folders")) return {};
  return content["code_folders"];
}

}  // namespace

CheckpointInterval parse_checkpoint_interval(const std::string& text) {
  std::int64_t count = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, count);
  const std::string unit(end, last);
  constexpr std::int64_t kLargest = 1'000'000'000;
  if (error == std::errc() && count >= 1 && count <= kLargest) {
    if (unit.empty() || unit == "steps") return {.steps = count, .seconds = 0};
    if (unit == "s") return {.steps = 0, .seconds = static_cast<double>(count)};
    if (unit == "min") return {.steps = 0, .seconds = 60.0 * static_cast<double>(count)};
  }
  throw std::invalid_argument(
      "expected a positive number with a unit, such as 200steps, 90s or 5min, found \"" + text +
      "\"");
}

void write_request(const std::filesystem::path& stage_folder, const StageRequest& request) {
  json inputs = json::array();
  for (const auto& input : request.inputs) {
    inputs.push_back({{"role", input.role}, {"folder", input.folder}});
  }
  json file = {{"version", kRequestVersion},
               {"kind", request.kind},
               {"name", request.name},
               {"settings", json::parse(request.settings_json)},
               {"inputs", inputs},
               {"data_root", request.data_root},
               {"checkpoint",
                {{"steps", request.checkpoint.steps}, {"seconds", request.checkpoint.seconds}}},
               {"code_digest", request.code_digest},
               {"code_folders", request.code_folders},
               {"data_digest", request.data_digest},
               {"program_digest", request.program_digest},
               {"started_utc", request.started_utc}};
  if (!request.data_sets.empty()) file["data_sets"] = request.data_sets;
  files::write_file(stage_folder / kRequestFile, file.dump(2) + "\n");
}

StageRequest read_request(const std::filesystem::path& stage_folder) {
  const auto file = stage_folder / kRequestFile;
  try {
    const json content = json::parse(files::read_file(file));
    if (content.at("version").get<int>() > kRequestVersion) {
      throw std::runtime_error("written by a newer bench (version " + content.at("version").dump() +
                               "). Use that version");
    }
    StageRequest request{.kind = content.at("kind"),
                         .name = content.at("name"),
                         .settings_json = content.at("settings").dump(),
                         .inputs = {},
                         .data_root = content.at("data_root"),
                         .checkpoint = checkpoint_in(content),
                         .code_digest = content.value("code_digest", ""),
                         .code_folders = folders_in(content),
                         .data_digest = content.value("data_digest", ""),
                         .program_digest = content.value("program_digest", ""),
                         .started_utc = content.value("started_utc", "")};
    if (content.contains("data_sets")) content.at("data_sets").get_to(request.data_sets);
    for (const auto& input : content.at("inputs")) {
      request.inputs.push_back({input.at("role"), input.at("folder")});
    }
    return request;
  } catch (const json::exception& error) {
    throw std::runtime_error(file.string() + ": not a request: " + error.what());
  }
}

}  // namespace bench::exchange
