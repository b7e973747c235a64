#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stages/exchange/stage_state.h"

namespace bench::db {

using exchange::StageState;

enum class RunState : std::uint8_t { kRunning, kDone, kFailed, kInterrupted };

/// The words of the database, of `--json` and of people: "running", "done", ...
std::string_view to_string(RunState state);

/// Inverse of `to_string`. \throws std::invalid_argument naming the word and those that are known.
RunState parse_run_state(std::string_view word);

/// One carrying-out of an experiment. Times are UTC as "2026-05-01T12:00:00Z" everywhere, so that
/// the order of the texts is the order in time.
struct RunRecord {
  std::string run_id;  ///< given by the executor, unique in the store, not empty
  std::string experiment_name;
  std::string experiment_path;
  std::string experiment_text;    ///< the file as it was read
  std::string experiment_sha256;  ///< of `experiment_text`
  std::string profile;
  std::vector<std::int64_t> seeds;
  std::vector<std::string> overrides;  ///< "path=value", in the order given
  std::string command_line;
  std::string started_utc;
  std::optional<std::string> finished_utc;  ///< absent while it runs, and if it was killed
  RunState state = RunState::kRunning;
  std::int64_t asked = 0;  ///< grows with each time that a run is asked for; 0: now (begin_run)
  /// (name, value) in the order to show: git commit, compiler, threads, CPU model, ...
  std::vector<std::pair<std::string, std::string>> provenance;

  friend bool operator==(const RunRecord&, const RunRecord&) = default;
};

/// What a list of runs shows of one.
struct RunSummary {
  std::string run_id;
  std::string experiment_name;
  std::string profile;
  std::string started_utc;
  std::optional<std::string> finished_utc;
  RunState state = RunState::kRunning;
  int stage_count = 0;
  int good_stage_count = 0;  ///< done or cached
  int bad_stage_count = 0;   ///< failed or lost

  friend bool operator==(const RunSummary&, const RunSummary&) = default;
};

/// A stage's place and outcome in one run.
struct RunStage {
  std::string run_id;
  int position = 0;  ///< in the plan's order, from 0
  std::string name;
  std::string kind;  ///< "prepare", "search", "train", "evaluate", "cost"; "" on old records
  std::string key;   ///< of the StageRecord; empty where none is known (a skipped stage)
  StageState outcome = StageState::kQueued;
  std::string reason;
  std::string contestant;            ///< empty where the stage serves all contestants
  std::string task;                  ///< empty where the stage serves all tasks
  std::optional<std::int64_t> seed;  ///< absent where no seed decides the result

  friend bool operator==(const RunStage&, const RunStage&) = default;
};

/// A result that a stage read.
struct StageInput {
  std::string role;
  std::string key;  ///< of the stage that made it

  friend bool operator==(const StageInput&, const StageInput&) = default;
};

/// One unit of work and how it ended; shared by all runs whose plan has the same key.
struct StageRecord {
  std::string key;  ///< 64 lower-case hexadecimal digits
  std::string name;
  std::string kind;
  std::string settings_json;
  std::vector<StageInput> inputs;
  std::string code_digest;
  StageState state = StageState::kDone;
  std::string started_utc;
  double wall_seconds = 0.0;
  double cpu_seconds = 0.0;
  std::int64_t peak_memory_bytes = 0;
  int threads = 0;
  std::optional<int> exit_code;  ///< absent if it was ended by a signal or never started
  std::string reason;            ///< empty if there is nothing to say

  friend bool operator==(const StageRecord&, const StageRecord&) = default;
};

// What a stage measured. `stage_key` may be left empty in what is handed to RunStore, which knows
// the stage; RunReader always fills it in.

/// One metric of one restored image. Two scores of unlike protocol are never compared.
struct ImageScore {
  std::string stage_key;
  std::string data_set;
  std::string image;     ///< once per data set and protocol
  std::string protocol;  ///< the metric and how it is defined; also gives the unit
  double value = 0.0;    ///< may be +infinity (the PSNR of identical images), never NaN

  friend bool operator==(const ImageScore&, const ImageScore&) = default;
};

/// A number about a whole stage: parameters, MACs, one of many latency samples.
struct Quantity {
  std::string stage_key;
  std::string name;
  std::string unit;
  double value = 0.0;  ///< never NaN
  int repetition = 0;  ///< counts the samples of one name, from 0

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// One step of a curve: a loss, a validation score.
struct Point {
  std::string stage_key;
  std::string series;
  std::int64_t step = 0;
  double value = 0.0;  ///< NaN is kept: a diverged loss is a finding

  friend bool operator==(const Point&, const Point&) = default;
};

/// A file that a stage made.
struct Artifact {
  std::string stage_key;
  std::string role;
  std::string path;  ///< relative to the stage's folder
  std::int64_t size_bytes = 0;
  std::string sha256;

  friend bool operator==(const Artifact&, const Artifact&) = default;
};

/// A file of a data set that a stage read.
struct DataFile {
  std::string stage_key;
  std::string data_set;
  std::string name;
  std::int64_t size_bytes = 0;
  std::string sha256;

  friend bool operator==(const DataFile&, const DataFile&) = default;
};

/// A finding that is no number: the architecture a search chose.
struct TextFact {
  std::string stage_key;
  std::string name;
  std::string value;

  friend bool operator==(const TextFact&, const TextFact&) = default;
};

/// All that was measured in one stage, or read back for several.
struct StageMeasurements {
  std::vector<ImageScore> scores;
  std::vector<Quantity> quantities;
  std::vector<Point> points;
  std::vector<Artifact> artifacts;
  std::vector<DataFile> data_files;
  std::vector<TextFact> text_facts;

  friend bool operator==(const StageMeasurements&, const StageMeasurements&) = default;
};

}  // namespace bench::db
