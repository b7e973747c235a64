#include "verdicts/compare/processors.h"

#include "stages/exchange/result.h"

namespace bench::verdicts {
namespace {

// What decides a result's last bits; preparing data does not.
bool computes(const db::StageRecord& stage) {
  return stage.kind != "prepare";
}

std::string processor_in(const std::vector<db::TextFact>& facts) {
  const std::string environment = "environment/";
  std::string processor, kernels;
  for (const auto& fact : facts) {
    if (fact.name == environment + exchange::kProcessorFact) processor = fact.value;
    if (fact.name == environment + exchange::kKernelsFact) kernels = fact.value;
  }
  return processor + (kernels.empty() ? "" : " (" + kernels + ")");
}

std::string listed(const Processors& processors) {
  std::string names;
  for (const auto& processor : processors) names += (names.empty() ? "" : " and ") + processor;
  return names.empty() ? "not recorded" : names;
}

}  // namespace

Processors processors_of(const db::RunReader& reader, const std::vector<std::string>& stage_keys) {
  Processors found;
  std::set<std::string> seen;
  for (std::vector<std::string> left = stage_keys; !left.empty();) {
    const std::vector<std::string> key = {left.back()};
    left.pop_back();
    const auto stage = seen.insert(key.front()).second ? reader.stage(key.front()) : std::nullopt;
    if (!stage || !computes(*stage)) continue;
    const auto processor = processor_in(reader.text_facts(key));
    if (!processor.empty()) found.insert(processor);
    for (const auto& input : stage->inputs) left.push_back(input.key);
  }
  return found;
}

std::string unlike_processors(const std::map<std::string, Processors>& sides) {
  Processors all;
  for (const auto& [name, processors] : sides) all.insert(processors.begin(), processors.end());
  if (all.size() < 2) return "";
  std::string text;
  for (const auto& [name, processors] : sides) {
    text += (text.empty() ? "" : ", ") + listed(processors) + " for " + name;
  }
  return "measured on unlike processors: " + text;
}

}  // namespace bench::verdicts
