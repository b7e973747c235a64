#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What a report is made of: the recorded facts of one experiment, as plain values. The runner
/// fills them from the store; nothing in reports/ trains, measures or opens a database.
namespace bench::reports {

/// One image of one contestant on one task under one protocol, from one seed.
struct ImageScore {
  std::string contestant;  ///< its id in the experiment file
  std::string task;
  std::string data_set;  ///< e.g. "set12"
  std::string image;     ///< file name
  std::int64_t seed;
  std::string protocol;  ///< canonical protocol string, with the task's noise
  double value;          ///< may be +infinity (PSNR of identical images)
  std::string stage_key;
};

/// A contestant as it took part. Order in `Study::contestants` is the order of rows.
struct ContestantFacts {
  std::string id;
  std::string label;  ///< for people
  std::string kind;   ///< "searched", "architecture", "random", "network", "classical", "degraded"
  std::string searched_on;  ///< task of the search, "" unless kind is "searched"
  std::string recipe;       ///< how it was searched and trained; "" where nothing is
  bool is_scored = true;    ///< false: only its architecture was asked for
  bool is_trained = true;   ///< false: one seed has no chance in it (classical, given weights)
};

/// The architecture that a contestant has under one seed: letters of modules ("PPFF|PFPF|FFFP") or
/// the genotype of a cell.
struct ArchitectureFact {
  std::string contestant;
  std::string task;  ///< searched on; "" if not searched
  std::int64_t seed;
  std::string architecture;
  std::string stage_key;
};

/// One number about a contestant on a task that is not a score.
struct CostFact {
  std::string contestant;
  std::string task;
  std::int64_t seed;
  std::string
      quantity;  ///< "parameters", "macs", "train_seconds", "latency_ms", "peak_memory_bytes"
  std::string unit;
  double value;
  std::string stage_key;
};

/// A series over steps: training loss, validation PSNR, a module's probability in a search.
struct Curve {
  std::string contestant;  ///< "" for a search of no contestant
  std::string task;
  std::int64_t seed;
  std::string stage_kind;                         ///< "train" or "search"
  std::string series;                             ///< "loss", "psnr_db", "p_parallel/0" ...
  std::vector<std::pair<double, double>> points;  ///< (step, value)
};

/// A stored image. Group = what is shown together (one test image of one task).
struct StoredImage {
  std::string task;
  std::string image;
  std::string role;        ///< "degraded", "restored", "target"
  std::string contestant;  ///< of a restored one, else ""
  std::int64_t seed;
  std::string file;  ///< absolute path of an 8-bit PNG
};

/// A cell with no number, and why.
struct MissingCell {
  std::string contestant;
  std::string task;
  std::int64_t seed;
  std::string state;  ///< "failed", "lost", "skipped", "interrupted"
  std::string reason;
};

/// A hypothesis that the experiment stated before anything was measured.
struct Ask {
  std::string kind;                   ///< "better", "equal", "differs", "correlates"
  std::string contestant{};           ///< id; of all kinds but "correlates"
  std::vector<std::string> others{};  ///< ids it is compared with, each for itself
  std::vector<std::string> tasks{};   ///< ids, an answer each; none for "differs"
  std::string protocol{};             ///< one of Study::protocols
  double margin = 0;                  ///< "equal"
  std::string quantity{};             ///< "correlates": a cost, or ...
  std::string with_task{};            ///< ... the scores on another task
};

/// A published number or ordering and what became of it.
struct ClaimVerdict {
  std::string id;
  std::string statement;
  std::string source;
  std::string published;  ///< as printed by the source
  std::string measured;   ///< "" if none
  /// "reproduced", "within rounding", "within seed noise", "within the margin", "contradicted",
  /// "not testable here"
  std::string verdict;
  std::string reason;
  std::string difference{};  ///< measured - published, "" if there is none
  // Where a published number stands in the tables of scores; no `value`, no number.
  std::optional<double> value{};
  int digits = 0;            ///< decimals of `published`
  std::string contestant{};  ///< id
  std::string task{};        ///< id
  std::string data_set{};    ///< "" all of the task's together
  std::string protocol{};    ///< canonical, with its noise, or "unknown"
  std::string metric{};      ///< first word of the protocol, also of an unknown one
  std::string note{};        ///< what its source leaves open, "" if nothing
};

struct TaskFacts {
  std::string id;
  std::string label;
  std::string degradation;  ///< in words, with its noise model
  std::string data;         ///< training and test sets with splits and counts, in words
  std::string note;         ///< what must be said of the split, "" if nothing
  /// What each of Study::protocols is on this task, with its noise, in that order. Empty: the same.
  std::vector<std::string> protocols{};
};

/// One stage of the run, for provenance and links.
struct StageFacts {
  std::string key;
  std::string name;
  std::string kind;
  std::string state;
  double wall_seconds = 0;
  double cpu_seconds = 0;
  std::int64_t peak_memory_bytes = 0;
  std::string command;  ///< regenerates it
};

struct Study {
  std::string name;
  std::string title;
  std::string question;
  std::string profile;
  std::string run_id;
  std::string started_utc;  ///< ISO 8601; with `finished_utc` the only time stamps in a report
  std::string finished_utc;
  std::string command;
  std::vector<std::int64_t> seeds;
  /// Of what marks speak: "methods, on images like these", "methods, on this test set" or "these
  /// trained networks" (metrics/statistics/inference.h).
  std::string inference = "methods, on images like these";
  /// Canonical strings without noise, the first is the leading one: a table each.
  std::vector<std::string> protocols;
  std::vector<Ask> asks;  ///< in the order of the experiment file
  std::vector<TaskFacts> tasks;
  std::vector<ContestantFacts> contestants;
  std::vector<ArchitectureFact> architectures;
  std::vector<ImageScore> scores;
  std::vector<CostFact> costs;
  std::string cost_conditions;  ///< what was run to measure them, a sentence; "" if unknown
  std::vector<Curve> curves;
  std::vector<StoredImage> images;
  std::vector<MissingCell> missing;
  std::vector<ClaimVerdict> claims;
  std::vector<StageFacts> stages;
  /// Provenance as (name, value) in order: commit, compiler, LibTorch, processor, memory ...
  std::vector<std::pair<std::string, std::string>> provenance;
  /// Sentences that must stand beside the results (budget, splits, what cannot be concluded).
  std::vector<std::string> caveats;
};

}  // namespace bench::reports
