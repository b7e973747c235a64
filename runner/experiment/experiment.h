#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "stages/exchange/settings.h"

/// An experiment file as values. How to write one: experiments/README.md.
namespace bench::runner {

using clearer::SearchOptions;
using clearer::SearchSpace;
using exchange::CostConditions;
using exchange::DataSelection;
using exchange::Degradation;
using exchange::Machine;
using exchange::NetworkSettings;
using training::Recipe;

/// A task without its data: which images it uses is the profile's business.
struct Task {
  std::string id;
  std::string label;
  std::int64_t channels = 1;
  Degradation degradation;
};

enum class ContestantKind { kDegraded, kSearched, kArchitecture, kNetwork, kClassical };

std::string to_string(ContestantKind kind);

/// How a method's authors trained it, as a file beside the experiment.
struct RecipeFile {
  std::string path;  ///< as the experiment names it; "" where none is named
  Recipe settings;
  std::string source;
  std::string note;
  std::vector<std::string> from_memory;  ///< keys that nobody has verified
  std::string canonical_json;
};

/// Weights that are not trained here.
struct GivenWeights {
  std::string file;      ///< its name in BENCH_DATA_DIR/weights
  std::string sha256;    ///< of its content; "" until `find_weights` has looked
  std::string key = {};  ///< the dictionary of a checkpoint that holds several
};

struct Contestant {
  std::string id;
  std::string label;
  ContestantKind kind = ContestantKind::kDegraded;
  std::string search_task;   ///< searched: the task it is searched on
  std::string architecture;  ///< architecture: a pattern ("all-fusion") or letters ("PF|FF|FP")
  std::string method;        ///< network, classical, searched (if not CLEARER): a catalogue row
  std::map<std::string, double> options;
  std::map<std::string, GivenWeights> weights;  ///< network: by task id; empty if it is trained
  RecipeFile recipe;                            ///< its own; without one the profile's is used
  std::vector<std::string> tasks;               ///< those it takes part in, all if empty
  bool trained = true;  ///< searched: false where only the architecture is asked for
};

/// A recipe with where two of its numbers stand in the file: whether they fit the data is only
/// known once the data are found, and the refusal must still name them.
struct PlacedRecipe {
  Recipe recipe;
  std::string batch_place;  ///< e.g. "x.json:3:7: profiles.quick.train.batch"
  std::string patch_place;
};

/// What a profile spends on one contestant.
struct ContestantBudget {
  SearchSpace space;
  SearchOptions search;
  std::map<std::string, Recipe> train;  ///< by task id
  /// The same recipes, and the search's under "", for the check against the data.
  std::map<std::string, PlacedRecipe> placed;
};

/// The images of one task in one profile.
struct TaskData {
  DataSelection train;  ///< its split is filled in; no set where nothing is trained on the task
  std::vector<DataSelection> test;
  std::string note;               ///< what a report must say of the split
  std::string train_count_place;  ///< of "count" in the file, "" where none is asked for
  std::vector<std::string> test_count_places;  ///< the same of each of `test`
};

/// Whether all seeds see the same degraded test images.
enum class TestNoise : std::uint8_t { kFixed, kEachSeed };
constexpr auto choices_of(TestNoise) {
  return std::to_array<text::Choice<TestNoise>>(
      {{TestNoise::kFixed, "fixed"}, {TestNoise::kEachSeed, "each-seed"}});
}

struct Profile {
  std::string name;
  std::string note;                      ///< what can and what cannot be concluded at this budget
  std::map<std::string, TaskData> data;  ///< by task id
  std::map<std::string, ContestantBudget> contestants;  ///< by contestant id
  bool tests_claims = false;  ///< its data and budget are those of the claims' sources
  Machine machine;
  std::string launcher = "local";            ///< where stages are carried out: or "slurm"
  std::map<std::string, std::string> slurm;  ///< see add_slurm_setting
  CostConditions cost;
  std::int64_t keep_images = 2;  ///< restored images kept per task, first seed
  TestNoise test_noise = TestNoise::kFixed;
};

/// A published statement that this experiment can speak to.
struct Claim {
  std::string id;
  std::string statement;
  std::string source;
  std::string published;  ///< as printed
  std::string kind;       ///< "distance", "better", "value"
  std::string contestant, other, task;
  std::string protocol;  ///< as it is on the task, or "unknown"
  std::string metric;    ///< value: "psnr", ...
  double value = 0;
  double margin = 0;  ///< value: for a re-implementation
  std::string set;    ///< value: the test set that it speaks of, "" all of the task's together
  std::string split;  ///< value: of `set`, "" whichever is tested
  std::optional<double> sigma_8bit;    ///< value: the noise that it speaks of, if it says so
  std::string note;                    ///< what its source leaves open, "" if nothing
  std::string seeds = "not stated";    ///< of the source
  std::string certainty = "verified";  ///< as in experiments/claims/: that the source says so
  std::string why_not;                 ///< why it cannot be tested here, "" if it can
};

enum class AskKind : std::uint8_t { kBetter, kEqual, kDiffers, kCorrelates };
constexpr auto choices_of(AskKind) {
  return std::to_array<text::Choice<AskKind>>({{AskKind::kBetter, "better"},
                                               {AskKind::kEqual, "equal"},
                                               {AskKind::kDiffers, "differs"},
                                               {AskKind::kCorrelates, "correlates"}});
}

/// A hypothesis of the experiment. The report's first sentences answer it, whatever the answer is.
struct Ask {
  AskKind kind = AskKind::kBetter;
  std::string contestant;           ///< better, equal, differs
  std::vector<std::string> others;  ///< those it is compared with, each for itself
  std::vector<std::string> tasks;   ///< but for differs: at least one, an answer each
  std::string protocol;             ///< better, equal, correlates: one of the experiment's
  double margin = 0;                ///< equal: in the unit of the protocol's metric
  std::string quantity;             ///< correlates: a cost, such as "parameters", or ...
  std::string with_task;            ///< ... the scores on another task
};

/// More are no experiment but a mistake, and its plan would take minutes.
inline constexpr std::size_t kMostSeeds = 10'000;

struct Experiment {
  std::filesystem::path file;
  std::string text;            ///< as it stands in the file
  std::string canonical_json;  ///< with --set applied, keys sorted: what is hashed
  std::string name;
  std::string title;
  std::string question;
  std::vector<std::uint64_t> seeds;
  std::vector<Task> tasks;
  std::vector<Contestant> contestants;
  /// Canonical strings without noise, the leading one first: see runner/experiment/task_protocol.h.
  std::vector<std::string> protocols;
  std::string default_profile;
  std::map<std::string, Profile> profiles;
  std::vector<Ask> asks;
  std::vector<Claim> claims;
  std::vector<std::string> caveats;
  /// Of what a report's marks speak (report.inference): a name of metrics/statistics/inference.h.
  std::string inference = "methods, on images like these";
};

/// Reads and checks an experiment file.
/// \param overrides  "path=value", applied before anything is checked.
/// \throws BadInput for anything that is wrong; nothing has been done then.
Experiment read_experiment(const std::filesystem::path& file,
                           const std::vector<std::string>& overrides = {});

/// The profile of that name. \throws BadInput with the nearest name.
const Profile& profile_of(const Experiment& experiment, const std::string& name);

const Task& task_of(const Experiment& experiment, const std::string& id);

/// Whether the contestant takes part in the task.
bool takes_part(const Contestant& contestant, const std::string& task);

/// Whether weights are trained here: not so for algorithms, the degraded input and given weights.
bool is_trained(const Contestant& contestant);

/// Whether any contestant is searched or trained on the task, so that it needs training images.
bool needs_training_images(const Experiment& experiment, const std::string& task);

}  // namespace bench::runner
