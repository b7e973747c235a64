#include "verdicts/compare/branch_comparison.h"

#include <algorithm>
#include <set>

#include "core/json/bad_input.h"
#include "metrics/statistics/holm.h"

namespace bench::verdicts {
namespace {

struct RunAtCommit {
  db::RunRecord run = {};
  std::string commit = {};
  std::size_t behind = 0;  ///< how many commits before the one that was named
  bool is_clean = true;    ///< without uncommitted changes
};

std::string provenance_fact(const db::RunRecord& run, const std::string& name) {
  const auto fact = std::find_if(run.provenance.begin(), run.provenance.end(),
                                 [&](const auto& one) { return one.first == name; });
  return fact == run.provenance.end() ? "" : fact->second;
}

// Nearest commit first; of one commit clean runs first, then the newest.
std::vector<RunAtCommit> runs_at(const std::vector<db::RunRecord>& newest_first,
                                 const runner::OwnCommits& side, const std::string& experiment) {
  std::vector<RunAtCommit> found;
  for (std::size_t behind = 0; behind < side.commits.size(); ++behind) {
    for (const bool clean : {true, false}) {
      for (const auto& run : newest_first) {
        const bool is_clean = provenance_fact(run, "changes") == "none";
        if (provenance_fact(run, "commit") != side.commits[behind] || is_clean != clean) continue;
        if (!experiment.empty() && run.experiment_name != experiment) continue;
        found.push_back({run, side.commits[behind], behind, is_clean});
      }
    }
  }
  return found;
}

std::string short_commit(const std::string& commit) {
  constexpr std::size_t kWholeHash = 40;  // else it says that there is none
  return commit.size() == kWholeHash ? commit.substr(0, 10) : commit;
}

[[noreturn]] void refuse_side(const runner::OwnCommits& side, const std::string& experiment,
                              const std::vector<db::RunRecord>& runs) {
  std::set<std::string> known;
  for (const auto& run : runs) known.insert(short_commit(provenance_fact(run, "commit")));
  throw core::BadInput(
      "compare --branches " + side.name + ": no run" +
      (experiment.empty() ? "" : " of " + experiment) + " made at " +
      short_commit(side.commits.front()) +
      " or at an earlier commit that the other side lacks; the recorded runs were made at " +
      core::listed(std::vector<std::string>(known.begin(), known.end())) + ". Check " + side.name +
      " out, build it and run the experiment with the same --store");
}

// The first of `firsts` that has a partner of its experiment and profile, with that partner.
std::pair<RunAtCommit, RunAtCommit> pair_of(const std::vector<RunAtCommit>& firsts,
                                            const std::vector<RunAtCommit>& seconds) {
  for (const auto& first : firsts) {
    for (const auto& second : seconds) {
      if (first.run.experiment_name == second.run.experiment_name &&
          first.run.profile == second.run.profile) {
        return {first, second};
      }
    }
  }
  throw core::BadInput("compare --branches: runs of different experiments or profiles: " +
                       firsts.front().run.run_id + " and " + seconds.front().run.run_id +
                       ". Run the same experiment on both");
}

std::string described(const runner::OwnCommits& side, const RunAtCommit& found) {
  return side.name + " (commit " + short_commit(found.commit) +
         (found.behind > 0 ? ", " + std::to_string(found.behind) +
                                 (found.behind == 1 ? " commit earlier" : " commits earlier")
                           : "") +
         ", run " + found.run.run_id + ")";
}

std::vector<std::string> common_contestants(const db::RunReader& reader, const std::string& first,
                                            const std::string& second) {
  std::set<std::string> theirs;
  for (const auto& stage : reader.run_stages(second)) {
    if (stage.name.starts_with("evaluate ")) theirs.insert(stage.contestant);
  }
  std::vector<std::string> common;
  for (const auto& stage : reader.run_stages(first)) {
    const bool known = std::find(common.begin(), common.end(), stage.contestant) != common.end();
    if (stage.name.starts_with("evaluate ") && theirs.contains(stage.contestant) && !known) {
      common.push_back(stage.contestant);
    }
  }
  return common;
}

void add_contestant(const RunComparison& one, const std::string& contestant, RunComparison& all) {
  for (auto row : one.scores) {
    row.contestant = contestant;
    all.scores.push_back(std::move(row));
  }
  for (const auto& setting : one.settings) {
    const bool known =
        std::find(all.settings.begin(), all.settings.end(), setting) != all.settings.end();
    if (!known) all.settings.push_back(setting);
  }
  all.missing.insert(all.missing.end(), one.missing.begin(), one.missing.end());
  all.notes.insert(all.notes.end(), one.notes.begin(), one.notes.end());
}

void correct_for_family(std::vector<ScoreComparison>& rows) {
  std::vector<double> p_values;
  for (const auto& row : rows) p_values.push_back(row.methods.p);
  const auto adjusted = statistics::holm_adjusted(p_values);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].holm_p = adjusted[i];
}

}  // namespace

RunComparison compare_branches(const db::RunReader& reader, const BranchRequest& request) {
  if (request.first.commits.front() == request.second.commits.front()) {
    throw core::BadInput("compare --branches: nothing to compare, " + request.first.name + " and " +
                         request.second.name + " are both " +
                         short_commit(request.first.commits.front()));
  }
  std::vector<db::RunRecord> runs;
  for (const auto& one : reader.runs({.limit = 1'000'000})) {
    runs.push_back(reader.find_run(one.run_id));
  }
  const auto firsts = runs_at(runs, request.first, request.experiment);
  const auto seconds = runs_at(runs, request.second, request.experiment);
  if (firsts.empty()) refuse_side(request.first, request.experiment, runs);
  if (seconds.empty()) refuse_side(request.second, request.experiment, runs);
  const auto [first, second] = pair_of(firsts, seconds);
  RunComparison all{.first = described(request.first, first),
                    .second = described(request.second, second)};
  for (const auto* side : {&first, &second}) {
    if (side->is_clean) continue;
    all.notes.push_back("run " + side->run.run_id + " was made with uncommitted changes");
  }
  for (const auto& contestant : common_contestants(reader, first.run.run_id, second.run.run_id)) {
    if (!request.scores.contestant.empty() && contestant != request.scores.contestant) continue;
    CompareRequest sides = request.scores;
    sides.first = first.run.run_id + ":" + contestant;
    sides.second = second.run.run_id + ":" + contestant;
    add_contestant(compare_runs(reader, sides), contestant, all);
  }
  correct_for_family(all.scores);
  return all;
}

}  // namespace bench::verdicts
