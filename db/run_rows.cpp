#include "db/rows.h"

#include <charconv>
#include <string_view>

#include "db/query.h"
#include "db/run_names.h"

namespace bench::db {
namespace {

constexpr int kIdsToSuggestFrom = 1000;

std::vector<std::string> texts(Query& query) {
  std::vector<std::string> found;
  while (query.next()) found.push_back(query.text(0));
  return found;
}

std::vector<std::string> newest_ids(Connection& connection) {
  Query query(connection, "SELECT run_id FROM run ORDER BY asked DESC LIMIT ?1");
  query.bind(kIdsToSuggestFrom);
  return texts(query);
}

std::vector<std::string> ids_beginning_with(Connection& connection, const std::string& beginning) {
  // A range and not LIKE: it uses the index, and no letter has a special meaning.
  Query query(connection,
              "SELECT run_id FROM run WHERE run_id >= ?1 AND run_id < ?1 || char(1114111)"
              " ORDER BY asked DESC LIMIT ?2");
  query.bind(beginning, kIdsToSuggestFrom);
  return texts(query);
}

std::optional<std::string> newest_run_of_experiment(Connection& connection,
                                                    const std::string& experiment) {
  Query query(connection,
              "SELECT run_id FROM run WHERE experiment_name = ?1"
              " ORDER BY asked DESC LIMIT 1");
  if (!query.bind(experiment).next()) return std::nullopt;
  return query.text(0);
}

void read_run_lists(Connection& connection, std::int64_t row, RunRecord& run) {
  Query seeds(connection, "SELECT seed FROM run_seed WHERE run = ?1 ORDER BY position");
  seeds.bind(row);
  while (seeds.next()) run.seeds.push_back(seeds.integer(0));
  Query settings(connection, "SELECT setting FROM run_override WHERE run = ?1 ORDER BY position");
  run.overrides = texts(settings.bind(row));
  Query facts(connection,
              "SELECT name, value FROM run_provenance WHERE run = ?1 ORDER BY position");
  facts.bind(row);
  while (facts.next()) run.provenance.emplace_back(facts.text(0), facts.text(1));
}

/// Columns in the order of the two statements below.
RunSummary summary_of_row(const Query& query) {
  RunSummary summary;
  summary.run_id = query.text(0);
  summary.experiment_name = query.text(1);
  summary.profile = query.text(2);
  summary.started_utc = query.text(3);
  summary.finished_utc = query.optional_text(4);
  summary.state = query.parsed(5, parse_run_state);
  summary.stage_count = static_cast<int>(query.integer(6));
  summary.good_stage_count = static_cast<int>(query.integer(7));
  summary.bad_stage_count = static_cast<int>(query.integer(8));
  return summary;
}

// The page is cut out first: stages are counted for the runs shown, not for all. ?3 is the time of
// the earliest start and ?4 the states as "|done|failed|", each "" for any.
#define BENCH_NEWEST_RUNS(OF)                                                                \
  "SELECT run_id, experiment_name, profile, started_utc, finished_utc, state,"               \
  " (SELECT count(*) FROM run_stage WHERE run = run.id),"                                    \
  " (SELECT count(*) FROM run_stage WHERE run = run.id AND outcome IN ('done', 'cached')),"  \
  " (SELECT count(*) FROM run_stage WHERE run = run.id AND outcome IN ('failed', 'lost',"    \
  " 'timed out'))"                                                                           \
  " FROM run WHERE started_utc >= ?3 AND (?4 = '' OR instr(?4, '|' || state || '|') > 0)" OF \
  " ORDER BY asked DESC LIMIT ?1 OFFSET ?2"

constexpr const char* kNewestRuns = BENCH_NEWEST_RUNS("");
constexpr const char* kNewestRunsOfExperiment = BENCH_NEWEST_RUNS(" AND experiment_name = ?5");
#undef BENCH_NEWEST_RUNS

std::string listed(const std::vector<RunState>& states) {
  std::string list;
  for (const auto state : states) {
    list += (list.empty() ? "|" : "") + std::string(to_string(state)) + "|";
  }
  return list;
}

// "latest" is 0, "latest~2" is 2: so many before the latest.
std::optional<std::int64_t> steps_before_latest(const std::string& name) {
  constexpr std::string_view kLatest = "latest";
  if (name == kLatest) return 0;
  const std::string beginning = std::string(kLatest) + "~";
  std::int64_t steps = 0;
  const char* const last = name.data() + name.size();
  if (!name.starts_with(beginning)) return std::nullopt;
  const auto [end, error] = std::from_chars(name.data() + beginning.size(), last, steps);
  if (error != std::errc() || end != last || steps < 0) return std::nullopt;
  return steps;
}

}  // namespace

std::vector<RunSummary> read_run_summaries(Connection& connection, const RunPage& page) {
  const bool of_all = page.experiment_name.empty();
  Query query(connection, of_all ? kNewestRuns : kNewestRunsOfExperiment);
  if (of_all) {
    query.bind(page.limit, page.offset, page.since_utc, listed(page.states));
  } else {
    query.bind(page.limit, page.offset, page.since_utc, listed(page.states), page.experiment_name);
  }
  std::vector<RunSummary> runs;
  while (query.next()) runs.push_back(summary_of_row(query));
  return runs;
}

std::string find_run_id(Connection& connection, const std::string& name) {
  if (const auto steps = steps_before_latest(name)) {
    return choose_latest(newest_ids(connection), *steps);
  }
  const auto fitting =
      name.empty() ? std::vector<std::string>{} : ids_beginning_with(connection, name);
  if (!fitting.empty()) return choose_run(name, fitting);
  throw unknown_run(name, newest_ids(connection), newest_run_of_experiment(connection, name));
}

RunRecord read_run(Connection& connection, const std::string& run_id) {
  Query query(connection,
              "SELECT id, experiment_name, experiment_path, experiment_text, experiment_sha256,"
              " profile, command_line, started_utc, finished_utc, state, asked"
              " FROM run WHERE run_id = ?1");
  query.bind(run_id).next();
  RunRecord run;
  run.run_id = run_id;
  run.experiment_name = query.text(1);
  run.experiment_path = query.text(2);
  run.experiment_text = query.text(3);
  run.experiment_sha256 = query.text(4);
  run.profile = query.text(5);
  run.command_line = query.text(6);
  run.started_utc = query.text(7);
  run.finished_utc = query.optional_text(8);
  run.state = query.parsed(9, parse_run_state);
  run.asked = query.integer(10);
  read_run_lists(connection, query.integer(0), run);
  return run;
}

std::vector<RunStage> read_run_stages(Connection& connection, const std::string& run_id) {
  Query query(connection,
              "SELECT position, name, kind, stage_key, outcome, reason, contestant, task, seed"
              " FROM run_stage WHERE run = (SELECT id FROM run WHERE run_id = ?1)"
              " ORDER BY position");
  query.bind(run_id);
  std::vector<RunStage> stages;
  while (query.next()) {
    stages.push_back({.run_id = run_id,
                      .position = static_cast<int>(query.integer(0)),
                      .name = query.text(1),
                      .kind = query.text(2),
                      .key = query.optional_text(3).value_or(""),
                      .outcome = query.parsed(4, exchange::parse_stage_state),
                      .reason = query.text(5),
                      .contestant = query.text(6),
                      .task = query.text(7),
                      .seed = query.optional_integer(8)});
  }
  return stages;
}

std::optional<StageRecord> read_stage(Connection& connection, const std::string& key) {
  Query query(connection,
              "SELECT id, name, kind, settings_json, code_digest, state, started_utc, wall_seconds,"
              " cpu_seconds, peak_memory_bytes, threads, exit_code, reason"
              " FROM stage WHERE key = ?1");
  if (!query.bind(key).next()) return std::nullopt;
  StageRecord stage;
  stage.key = key;
  stage.name = query.text(1);
  stage.kind = query.text(2);
  stage.settings_json = query.text(3);
  stage.code_digest = query.text(4);
  stage.state = query.parsed(5, exchange::parse_stage_state);
  stage.started_utc = query.text(6);
  stage.wall_seconds = query.real(7);
  stage.cpu_seconds = query.real(8);
  stage.peak_memory_bytes = query.integer(9);
  stage.threads = static_cast<int>(query.integer(10));
  if (const auto code = query.optional_integer(11)) stage.exit_code = static_cast<int>(*code);
  stage.reason = query.text(12);
  Query inputs(connection,
               "SELECT role, input_key FROM stage_input WHERE stage = ?1 ORDER BY position");
  inputs.bind(query.integer(0));
  while (inputs.next()) stage.inputs.push_back({inputs.text(0), inputs.text(1)});
  return stage;
}

}  // namespace bench::db
