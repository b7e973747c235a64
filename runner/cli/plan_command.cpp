#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/text/number.h"
#include "core/text/visible_text.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/run_options.h"
#include "runner/execute/executor.h"
#include "runner/plan/estimate_memory.h"
#include "runner/progress/view.h"
#include "stages/memory/at_hand.h"
#include "stages/memory/estimate.h"
#include "stages/memory/fitting.h"

namespace bench::runner {
namespace {

std::string why(const StageOutcome& outcome) {
  if (outcome.state == StageState::kCached) return "cached: the store has its result";
  if (outcome.key.empty()) return "to do: it needs stages that have not finished";
  return "to do: the store has no result for its key";
}

void print_json(const Plan& plan, const std::vector<StageOutcome>& outcomes) {
  nlohmann::json stages = nlohmann::json::array();
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    stages.push_back(
        {{"name", plan.stages[i].name},
         {"kind", plan.stages[i].kind},
         {"state", to_string(outcomes[i].state)},
         {"key", outcomes[i].key},
         {"why", why(outcomes[i])},
         {"estimated_seconds", plan.stages[i].estimated_seconds},
         {"estimated_memory_bytes", plan.stages[i].estimated_bytes
                                        ? nlohmann::json(*plan.stages[i].estimated_bytes)
                                        : nlohmann::json(nullptr)},
         {"needs", needed_by(plan.stages[i])},
         {"settings", nlohmann::json::parse(plan.stages[i].settings_json)}});
  }
  std::cout << nlohmann::json{{"stages", stages}}.dump(2) << "\n";
}

std::string memory_text(const PlannedStage& stage) {
  return stage.estimated_bytes ? ", " + text::bytes(*stage.estimated_bytes) : "";
}

/// What the machine lacks for one of the stages alone, if it does.
void warn_of_memory(const Plan& plan, const std::vector<StageOutcome>& outcomes) {
  const auto at_hand = memory::bytes_at_hand();
  for (std::size_t i = 0; at_hand && i < plan.stages.size(); ++i) {
    const auto& stage = plan.stages[i];
    if (outcomes[i].state == StageState::kCached || !stage.estimated_bytes) continue;
    if (*stage.estimated_bytes <= *at_hand) continue;
    std::cout << "warning: \"" << stage.name << "\" needs about "
              << text::bytes(*stage.estimated_bytes) << " of memory, but only "
              << text::bytes(*at_hand) << " is available";
    if (const auto smaller = memory::fitting(stage.kind, stage.settings_json, 0, *at_hand)) {
      std::cout << "; a batch of " << smaller->batch << " with patch size " << smaller->patch
                << " would fit";
    }
    std::cout << "\n";
  }
}

/// What a report will say of the images: unpublished splits, imports, images that train and test.
void warn_of_data(const CheckedRun& run) {
  for (const auto& task : run.experiment.tasks) {
    const auto data = run.profile->data.find(task.id);
    if (data == run.profile->data.end() || data->second.note.empty()) continue;
    std::cout << "note: " << task.id << ": " << text::visible_text(data->second.note) << "\n";
  }
}

void print_table(const Plan& plan, const std::vector<StageOutcome>& outcomes) {
  double left = 0;
  std::size_t to_do = 0;
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    const bool cached = outcomes[i].state == StageState::kCached;
    if (!cached) {
      left += plan.stages[i].estimated_seconds;
      ++to_do;
    }
    std::cout << (cached ? "cached  " : "to do   ") << plan.stages[i].name;
    if (!cached) {
      std::cout << "  (about " << text::duration(std::ceil(plan.stages[i].estimated_seconds))
                << memory_text(plan.stages[i]) << ")";
    }
    std::cout << "\n";
  }
  std::cout << to_do << " of " << plan.stages.size() << " stages to do, about "
            << text::duration(left) << " on one thread, " << text::duration(left / 2)
            << " on two\n";
  warn_of_memory(plan, outcomes);
}

}  // namespace

int plan_command(int argc, char** argv) {
  CLI::App parser("Preview the stages of a run and why each would run. Starts and writes nothing.");
  name_parser(parser, "plan");
  RunOptions options;
  bool as_json = false;
  add_run_options(parser, options);
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  const auto run = check(options.request);
  Plan plan = run->plan;
  estimate_memory(plan, run->data_root);
  const auto outcomes = look_up(plan, StageStore(run->store));
  if (as_json) {
    print_json(plan, outcomes);
  } else {
    print_table(plan, outcomes);
    warn_of_data(*run);
  }
  return kExitOk;
}

}  // namespace bench::runner
