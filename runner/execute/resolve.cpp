#include "runner/execute/resolve.h"

namespace bench::runner {

std::optional<KeyParts> resolve(const PlannedStage& stage,
                                const std::vector<StageOutcome>& outcomes) {
  KeyParts parts{.kind = stage.kind,
                 .settings_json = stage.settings_json,
                 .inputs = {},
                 .code_digest = code_digest(stage.kind)};
  for (const auto& input : stage.inputs) {
    const StageOutcome& outcome = outcomes[input.stage];
    if (!outcome.result) return std::nullopt;
    if (input.role == "search") {
      parts.settings_json =
          with_architecture(parts.settings_json, exchange::fact(*outcome.result, "architecture"));
    } else {
      parts.inputs.emplace_back(input.role, outcome.key);
    }
  }
  return parts;
}

std::vector<StageOutcome> look_up(const Plan& plan, const StageStore& store) {
  std::vector<StageOutcome> outcomes(plan.stages.size());
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    const auto parts = resolve(plan.stages[i], outcomes);
    if (!parts) continue;
    StageOutcome& outcome = outcomes[i];
    outcome.key_parts = *parts;
    outcome.key = stage_key(*parts);
    outcome.result = store.result_of(outcome.key);
    if (outcome.result) outcome.state = StageState::kCached;
  }
  return outcomes;
}

std::string to_string(StageState state) {
  switch (state) {
    case StageState::kQueued:
      return "queued";
    case StageState::kRunning:
      return "running";
    case StageState::kDone:
      return "done";
    case StageState::kCached:
      return "cached";
    case StageState::kFailed:
      return "failed";
    case StageState::kLost:
      return "lost";
    case StageState::kSkipped:
      return "skipped";
    case StageState::kInterrupted:
      return "interrupted";
  }
  return "";
}

}  // namespace bench::runner
