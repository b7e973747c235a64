#include "verdicts/verify/verify_experiment.h"

#include <optional>

#include "core/digest/sha256.h"
#include "db/run_reader.h"
#include "runner/study/describe.h"
#include "runner/study/make_study.h"

namespace bench::verdicts {
namespace {

Certainty certainty_named(const std::string& name) {
  for (const auto certainty :
       {Certainty::kVerified, Certainty::kReadFromImage, Certainty::kComputed}) {
    if (to_string(certainty) == name) return certainty;
  }
  return Certainty::kRecalled;
}

JudgedClaim unjudged(const runner::Claim& claim, const std::string& reason) {
  JudgedClaim judged;
  judged.claim.id = claim.id;
  judged.claim.statement = claim.statement;
  judged.claim.published = claim.published;
  judged.claim.protocol = claim.protocol;
  judged.claim.source = claim.source;
  judged.claim.seeds = claim.seeds;
  judged.claim.certainty = certainty_named(claim.certainty);
  judged.reason = reason;
  return judged;
}

// Newest first is how runs are listed; one that tests claims goes before one that does not.
std::optional<std::string> run_of(const runner::Experiment& experiment,
                                  const db::RunReader& reader) {
  const std::string digest = digest::sha256_hex(experiment.text);
  std::optional<std::string> any;
  for (const auto& summary : reader.runs({.limit = 1'000'000})) {
    const auto run = reader.find_run(summary.run_id);
    if (run.experiment_sha256 != digest || !runner::is_as_stated(run)) continue;
    if (!experiment.profiles.contains(run.profile)) continue;
    if (runner::profile_of(experiment, run.profile).tests_claims) return run.run_id;
    if (!any) any = run.run_id;
  }
  return any;
}

}  // namespace

std::vector<JudgedClaim> judge_experiment(const runner::Experiment& experiment,
                                          const std::filesystem::path& store) {
  std::vector<JudgedClaim> all;
  for (const auto& claim : experiment.claims) {
    all.push_back(unjudged(claim, "there is no recorded run of this file. Run it with bench run " +
                                      experiment.file.string()));
  }
  if (!std::filesystem::exists(store / "bench.db")) return all;
  const db::RunReader reader(store / "bench.db");
  const auto run = run_of(experiment, reader);
  if (!run) return all;
  const auto verdicts =
      runner::make_study(experiment, reader, *run, runner::StageStore(store)).claims;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].measured = verdicts[i].measured;
    all[i].difference = verdicts[i].difference;
    all[i].verdict = verdict_named(verdicts[i].verdict);
    all[i].reason = "run " + *run + ": " + verdicts[i].reason;
  }
  return all;
}

}  // namespace bench::verdicts
