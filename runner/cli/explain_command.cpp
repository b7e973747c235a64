#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/run_options.h"
#include "runner/execute/explain.h"

namespace bench::runner {
namespace {

// The stage of that name, or the only one whose name holds these words. \throws BadInput
std::size_t stage_named(const Plan& plan, const std::string& name) {
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    if (plan.stages[i].name == name) return i;
    if (plan.stages[i].name.find(name) != std::string::npos) fitting.push_back(i);
  }
  if (fitting.size() == 1) return fitting.front();
  constexpr std::size_t kShown = 8;
  std::string known;
  for (std::size_t i = 0; i < std::min(kShown, fitting.size()); ++i) {
    known += (i > 0 ? "; " : "") + plan.stages[fitting[i]].name;
  }
  std::vector<std::string> names;
  for (const auto& stage : plan.stages) names.push_back(stage.name);
  throw core::BadInput(
      "explain: expected the name of one stage, or words of it, found \"" + name + "\"" +
      (fitting.empty() ? core::did_you_mean(name, names) + "; bench plan lists them"
                       : ", which fits " + std::to_string(fitting.size()) + ": " + known));
}

}  // namespace

int explain_command(int argc, char** argv) {
  CLI::App parser(
      "Show why stages of an experiment are or are not up to\n"
      "date: the setting, input, image, code or program that\n"
      "differs from what the store holds. Changes nothing.");
  name_parser(parser, "explain");
  RunOptions options;
  std::string name;
  bool as_json = false;
  add_run_options(parser, options);
  parser.add_option("STAGE", name, "stage name or part of it [all stages that are not done]");
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  const auto run = check(options.request);
  const Plan& plan = run->plan;
  const StageStore store(run->store);
  const auto outcomes = look_up(plan, store);
  std::vector<std::size_t> asked;
  if (!name.empty()) asked.push_back(stage_named(plan, name));
  for (std::size_t i = 0; name.empty() && i < plan.stages.size(); ++i) {
    if (outcomes[i].state != StageState::kCached) asked.push_back(i);
  }
  nlohmann::json facts = nlohmann::json::array();
  for (const auto stage : asked) {
    const auto lines = explain(plan, outcomes, stage, store);
    facts.push_back({{"name", plan.stages[stage].name},
                     {"state", to_string(outcomes[stage].state)},
                     {"why", lines}});
    if (as_json) continue;
    std::cout << plan.stages[stage].name << "\n";
    for (const auto& line : lines) std::cout << "  " << line << "\n";
  }
  if (as_json) std::cout << facts.dump(2) << "\n";
  if (!as_json && asked.empty()) std::cout << "all stages are up to date\n";
  return kExitOk;
}

}  // namespace bench::runner
