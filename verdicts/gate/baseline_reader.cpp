#include "verdicts/gate/baseline_reader.h"

namespace bench::verdicts {

std::int64_t require_format(const core::JsonReader& root, const std::string& format,
                            std::int64_t newest) {
  root.at("format").one_of({format});
  const auto version = root.at("version");
  const auto found = version.integer({1, 1e9});
  if (found <= newest) return found;
  version.fail(newest == 1 ? "version 1" : "version 1 to " + std::to_string(newest),
               "; use a newer bench, or measure a new baseline");
}

std::vector<std::string> texts_of(const core::JsonReader& list) {
  std::vector<std::string> texts;
  for (const auto& element : list.elements()) texts.push_back(element.text());
  return texts;
}

std::vector<double> numbers_of(const core::JsonReader& list, core::Range range) {
  std::vector<double> numbers;
  for (const auto& element : list.elements()) numbers.push_back(element.number(range));
  return numbers;
}

std::vector<std::int64_t> seeds_of(const core::JsonReader& list) {
  return list.integers({-9e18, 9e18});
}

Provenance provenance_of(const core::JsonReader& object) {
  object.allow_only({"command", "code", "data", "environment", "run", "measured_at"});
  return {.command = object.at("command").text(),
          .code = object.at("code").text(),
          .data = object.at("data").text(),
          .environment = object.at("environment").text(),
          .run = object.at("run").text_or_empty(),
          .measured_at = object.at("measured_at").text()};
}

nlohmann::ordered_json provenance_json(const Provenance& provenance) {
  return {{"command", provenance.command}, {"code", provenance.code},
          {"data", provenance.data},       {"environment", provenance.environment},
          {"run", provenance.run},         {"measured_at", provenance.measured_at}};
}

}  // namespace bench::verdicts
