#include "stage_files/request.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "stage_files/atomic_file.h"

namespace bench::stage_files {
namespace {

using nlohmann::json;

constexpr int kRequestVersion = 1;

}  // namespace

void write_request(const std::filesystem::path& stage_folder, const StageRequest& request) {
  json inputs = json::array();
  for (const auto& input : request.inputs) {
    inputs.push_back({{"role", input.role}, {"folder", input.folder}});
  }
  const json file = {{"version", kRequestVersion}, {"kind", request.kind},
                     {"name", request.name},       {"settings", json::parse(request.settings_json)},
                     {"inputs", inputs},           {"data_root", request.data_root}};
  write_atomically(stage_folder / kRequestFile, file.dump(2) + "\n");
}

StageRequest read_request(const std::filesystem::path& stage_folder) {
  const auto file = stage_folder / kRequestFile;
  try {
    const json content = json::parse(read_text(file));
    if (content.at("version").get<int>() > kRequestVersion) {
      throw std::runtime_error("written by a newer bench (version " + content.at("version").dump() +
                               "); use that one");
    }
    StageRequest request{.kind = content.at("kind"),
                         .name = content.at("name"),
                         .settings_json = content.at("settings").dump(),
                         .inputs = {},
                         .data_root = content.at("data_root")};
    for (const auto& input : content.at("inputs")) {
      request.inputs.push_back({input.at("role"), input.at("folder")});
    }
    return request;
  } catch (const json::exception& error) {
    throw std::runtime_error(file.string() + ": not a request: " + error.what());
  }
}

}  // namespace bench::stage_files
