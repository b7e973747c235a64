#include "runner/plan/stage_key.h"

#include <map>
#include <nlohmann/json.hpp>

#include "core/digest/sha256.h"
#include "runner/plan/code_digests.h"

namespace bench::runner {

std::string stage_key(const KeyParts& parts) {
  nlohmann::json inputs = nlohmann::json::array();
  for (const auto& [role, key] : parts.inputs) inputs.push_back({role, key});
  nlohmann::json all = {{"kind", parts.kind},
                        {"settings", nlohmann::json::parse(parts.settings_json)},
                        {"inputs", inputs},
                        {"code", parts.code_digest}};
  if (!parts.data_digest.empty()) all["data"] = parts.data_digest;
  if (!parts.program_digest.empty()) all["program"] = parts.program_digest;
  return digest::sha256_hex(all.dump());
}

std::vector<std::pair<std::string, std::string>> code_folders(const std::string& kind) {
  // What a kind of stage can reach; its own files in stages/ count as one folder.
  using Folders = std::vector<std::string>;
  static const Folders learning{
      "core/randomness",     "datasets",           "training", "clearer",
      "baselines/catalogue", "baselines/networks", "stages",   "libtorch"};
  static const std::map<std::string, Folders> folders = {
      {"prepare", {"core/randomness", "datasets", "stages"}},
      {"search", learning},
      {"train", learning},
      {"evaluate",
       {"core/randomness", "datasets", "metrics", "training", "clearer", "baselines/catalogue",
        "baselines/classical", "baselines/networks", "baselines/weights", "stages", "libtorch"}},
      {"cost",
       {"training", "clearer", "baselines/catalogue", "baselines/classical", "baselines/networks",
        "baselines/weights", "stages", "libtorch"}}};
  std::vector<std::pair<std::string, std::string>> digests;
  for (const auto& folder : folders.at(kind)) digests.emplace_back(folder, folder_digest(folder));
  return digests;
}

std::string code_digest(const std::string& kind) {
  std::string all;
  for (const auto& [folder, digest] : code_folders(kind)) all += folder + " " + digest + "\n";
  return digest::sha256_hex(all);
}

std::string with_architecture(const std::string& settings_json, const std::string& architecture) {
  nlohmann::json settings = nlohmann::json::parse(settings_json);
  settings.at("network").at("architecture") = architecture;
  return settings.dump();
}

}  // namespace bench::runner
