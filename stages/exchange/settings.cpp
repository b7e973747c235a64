#include "stages/exchange/settings.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/json/old_spellings.h"
#include "stages/exchange/tables.h"

// The blocks with a table are written and read by it.
template <>
struct nlohmann::adl_serializer<bench::clearer::SearchSpace> {
  static void to_json(json& written, const bench::clearer::SearchSpace& space) {
    written = bench::exchange::space_table().write(space);
  }
  static void from_json(const json& written, bench::clearer::SearchSpace& space) {
    space = bench::exchange::space_table().parse(written);
  }
};
template <>
struct nlohmann::adl_serializer<bench::clearer::SearchOptions> {
  static void to_json(json& written, const bench::clearer::SearchOptions& search) {
    written = bench::exchange::search_table().write(search);
  }
  static void from_json(const json& written, bench::clearer::SearchOptions& search) {
    search = bench::exchange::search_table().parse(written);
  }
};
template <>
struct nlohmann::adl_serializer<bench::training::Recipe> {
  static void to_json(json& written, const bench::training::Recipe& recipe) {
    written = bench::exchange::recipe_table().write(recipe);
  }
  static void from_json(const json& written, bench::training::Recipe& recipe) {
    recipe = bench::exchange::recipe_table().parse(written);
  }
};
template <>
struct nlohmann::adl_serializer<bench::exchange::Machine> {
  static void to_json(json& written, const bench::exchange::Machine& machine) {
    written = bench::exchange::machine_table().write(machine);
  }
  static void from_json(const json& written, bench::exchange::Machine& machine) {
    machine = bench::exchange::machine_table().parse(written);
  }
};
template <>
struct nlohmann::adl_serializer<bench::clearer::StrategyKind> {
  static void to_json(json& written, bench::clearer::StrategyKind strategy) {
    written = bench::text::name_of(strategy);
  }
  static void from_json(const json& written, bench::clearer::StrategyKind& strategy) {
    const auto known =
        bench::text::value_of<bench::clearer::StrategyKind>(written.get<std::string>());
    if (!known) throw std::runtime_error("unknown strategy " + written.dump());
    strategy = *known;
  }
};

namespace bench::exchange {

// The library's macro keeps names, order and completeness of the fields in one line each way.
// By hand: keys of stages that were stored before sets could be imported stay what they were.
void to_json(nlohmann::json& json, const DataSelection& selection) {
  json = {{"set", selection.set}, {"split", selection.split}, {"count", selection.count}};
  if (!selection.manifest_sha256.empty()) json["manifest_sha256"] = selection.manifest_sha256;
}
void from_json(const nlohmann::json& json, DataSelection& selection) {
  json.at("set").get_to(selection.set);
  json.at("split").get_to(selection.split);
  json.at("count").get_to(selection.count);
  selection.manifest_sha256 = json.value("manifest_sha256", "");
}
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Degradation, kind, sigma_8bit, noise)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TaskSettings, id, channels, degradation, train, test)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(NetworkSettings, kind, space, architecture, method, options,
                                   weights_file, weights_sha256, weights_key)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PrepareStage, task)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SearchStage, task, method, options, space, search, machine, seed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TrainStage, task, network, recipe, machine, seed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EvaluateStage, task, network, protocols, noise_seed, keep_images,
                                   machine)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CostStage, network, channels, height, width, batch, repetitions,
                                   step, strategy, machine)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RestoreFile, degraded, restored)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RestoreStage, network, weights, weights_key, sigma_8bit, tile,
                                   overlap, drop_alpha, round_sixteen_bit, files, machine)

namespace {

using nlohmann::json;

/// A key that came after stages had been stored. It stands in the JSON only where it says something
/// else than what held before there was a choice: keys of stored stages stay what they were.
/// (Options of blocks: `later` in their tables.)
struct LaterKey {
  json::json_pointer block;
  const char* key;
  json before;
};

const std::vector<LaterKey>& later_keys() {
  static const std::vector<LaterKey> keys{
      {json::json_pointer("/network"), "weights_key", ""},
      {json::json_pointer(), "weights_key", ""},
      {json::json_pointer(), "step", "forward"},
      {json::json_pointer(), "strategy", "clearer"},
  };
  return keys;
}

template <typename Settings>
std::string text_of(const Settings& settings) {
  json all = settings;
  for (const auto& later : later_keys()) {
    if (!all.contains(later.block)) continue;
    auto& block = all.at(later.block);
    if (block.contains(later.key) && block.at(later.key) == later.before) block.erase(later.key);
  }
  return all.dump();
}

template <typename Settings>
Settings parse(const std::string& text) {
  try {
    json all = json::parse(text);
    core::renew_spellings(all);
    for (const auto& later : later_keys()) {
      if (!all.contains(later.block)) continue;
      auto& block = all.at(later.block);
      if (!block.contains(later.key)) block[later.key] = later.before;
    }
    return all.get<Settings>();
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string("stage settings: ") + error.what());
  }
}

}  // namespace

std::string to_json(const PrepareStage& stage) {
  return text_of(stage);
}
std::string to_json(const SearchStage& stage) {
  return text_of(stage);
}
std::string to_json(const TrainStage& stage) {
  return text_of(stage);
}
std::string to_json(const EvaluateStage& stage) {
  return text_of(stage);
}
std::string to_json(const CostStage& stage) {
  return text_of(stage);
}
std::string to_json(const RestoreStage& stage) {
  return text_of(stage);
}
std::string to_json(const NetworkSettings& network) {
  return text_of(network);
}

PrepareStage parse_prepare_stage(const std::string& text) {
  return parse<PrepareStage>(text);
}
SearchStage parse_search_stage(const std::string& text) {
  return parse<SearchStage>(text);
}
TrainStage parse_train_stage(const std::string& text) {
  return parse<TrainStage>(text);
}
EvaluateStage parse_evaluate_stage(const std::string& text) {
  return parse<EvaluateStage>(text);
}
CostStage parse_cost_stage(const std::string& text) {
  return parse<CostStage>(text);
}
RestoreStage parse_restore_stage(const std::string& text) {
  return parse<RestoreStage>(text);
}
NetworkSettings parse_network_settings(const std::string& text) {
  return parse<NetworkSettings>(text);
}

}  // namespace bench::exchange
