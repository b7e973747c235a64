#include "runner/execute/resolve.h"

namespace bench::runner {

std::optional<KeyParts> resolve(const PlannedStage& stage,
                                const std::vector<StageOutcome>& outcomes) {
  KeyParts parts{.kind = stage.kind,
                 .settings_json = stage.settings_json,
                 .inputs = {},
                 .code_digest = code_digest(stage.kind),
                 .data_digest = stage.data_digest,
                 .program_digest = stage.program_digest};
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
    auto stored = store.look(outcome.key);
    outcome.result = std::move(stored.result);
    outcome.reason = stored.damage;
    if (outcome.result) outcome.state = StageState::kCached;
  }
  return outcomes;
}

}  // namespace bench::runner
