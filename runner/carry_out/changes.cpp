#include "runner/carry_out/changes.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/run_reader.h"
#include "verdicts/compare/json_difference.h"

namespace bench::runner {
namespace {

using nlohmann::json;

// Of the same experiment and profile, nothing if the run itself is on record.
std::optional<db::RunRecord> last_other(const CheckedRun& run) {
  constexpr int kEnough = 20;
  const db::RunReader reader(run.store / "bench.db");
  std::optional<std::string> last;
  for (const auto& listed :
       reader.runs({.limit = kEnough, .experiment_name = run.experiment.name})) {
    if (listed.run_id == run.run_id) return std::nullopt;
    if (!last && listed.profile == run.profile->name) last = listed.run_id;
  }
  if (!last) return std::nullopt;
  return reader.find_run(*last);
}

// All that a run was asked for, as one value.
json question(const std::string& experiment_text, const std::vector<std::string>& overrides,
              json seeds) {
  return {{"experiment", json::parse(experiment_text, nullptr, /*allow_exceptions=*/false,
                                     /*ignore_comments=*/true)},
          {"--set", overrides},
          {"--seeds", std::move(seeds)}};
}

}  // namespace

std::vector<std::string> changes_since_last(const CheckedRun& run, const RunRequest& request) {
  const auto last = last_other(run);
  if (!last) return {};
  const auto differences =
      verdicts::json_differences(question(last->experiment_text, last->overrides, last->seeds),
                                 question(run.experiment.text, request.overrides, run.seeds));
  if (differences.empty()) {
    return {run.run_id + ": a new run, because code or data of its stages has changed since " +
            last->run_id + " (bench explain says what)"};
  }
  std::vector<std::string> lines = {run.run_id + ": a new run, because it differs from " +
                                    last->run_id + ":"};
  constexpr std::size_t kEnough = 8;
  for (std::size_t i = 0; i < std::min(kEnough, differences.size()); ++i) {
    const auto& one = differences[i];
    lines.push_back("  " + one.path + ": " + (one.first.empty() ? "absent" : one.first) + " -> " +
                    (one.second.empty() ? "absent" : one.second));
  }
  if (differences.size() > kEnough) {
    lines.push_back("  and " + std::to_string(differences.size() - kEnough) + " more values");
  }
  return lines;
}

}  // namespace bench::runner
