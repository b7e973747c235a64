#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "clearer/space/search_options.h"
#include "clearer/space/search_space.h"
#include "core/text/choices.h"
#include "training/recipe/recipe.h"

/// The settings of each kind of stage as plain values, and their canonical JSON (sorted keys, no
/// white space): the form that is hashed, stored and sent. The reader of experiment files checks
/// ranges; what arrives here is valid.
namespace bench::exchange {

/// Some images of one data set.
struct DataSelection {
  std::string set;         ///< name in the catalogue, e.g. "set12", or of an imported set
  std::string split;       ///< a split that the set has
  std::int64_t count = 0;  ///< only the first so many, 0 = all
  /// Of an imported set: what its images are, whatever its name and folder. "": of the catalogue.
  std::string manifest_sha256 = {};
  friend bool operator==(const DataSelection&, const DataSelection&) = default;
};

/// Noise of a task, as protocols name it.
inline constexpr const char* kFloatNoise = "awgn-float";
inline constexpr const char* kTruncatedNoise = "awgn-clip-truncate";

/// What makes the degraded image from the clean one.
struct Degradation {
  std::string kind = "gaussian";    ///< "gaussian" or "rain" (pairs of the data set)
  double sigma_8bit = 0;            ///< gaussian: on the 0..255 scale
  std::string noise = kFloatNoise;  ///< gaussian
  friend bool operator==(const Degradation&, const Degradation&) = default;
};

/// A task: data with its split, and a degradation. `train.set` is "" where nothing is trained.
struct TaskSettings {
  std::string id;
  std::int64_t channels = 1;  ///< 1 gray, 3 RGB
  Degradation degradation;
  DataSelection train;
  std::vector<DataSelection> test;
  friend bool operator==(const TaskSettings&, const TaskSettings&) = default;
};

enum class Device : std::uint8_t { kCpu, kCuda };
constexpr auto choices_of(Device) {
  return std::to_array<text::Choice<Device>>({{Device::kCpu, "cpu"}, {Device::kCuda, "cuda"}});
}

/// Where and how a stage computes. Part of its settings: the number of threads, the layout and the
/// precision change the last bits of its result.
struct Machine {
  Device device = Device::kCpu;
  std::int64_t threads = 1;
  training::Precision precision = training::Precision::kFloat32;
  training::Layout layout = training::Layout::kChannelsLast;
  friend bool operator==(const Machine&, const Machine&) = default;
};

/// How the cost of a network is measured.
struct CostConditions {
  std::int64_t height = 64;
  std::int64_t width = 64;
  std::int64_t repetitions = 20;
  friend bool operator==(const CostConditions&, const CostConditions&) = default;
};

/// What is trained or evaluated.
struct NetworkSettings {
  std::string kind = "clearer";  ///< "clearer", "method" (a row of the catalogue), "degraded"
  clearer::SearchSpace space;    ///< clearer
  std::string architecture;      ///< clearer: "PF|FF|FP"
  std::string method;            ///< method: its name
  std::map<std::string, double> options;  ///< method: its sizes, e.g. {"depth", 8}
  /// method: given weights, the name of a file in DATA_ROOT/weights; "" if it is trained here
  std::string weights_file;
  std::string weights_sha256;  ///< of that file's content: what the result depends on
  std::string weights_key;     ///< the dictionary of a checkpoint that holds several
  friend bool operator==(const NetworkSettings&, const NetworkSettings&) = default;
};

struct PrepareStage {
  TaskSettings task;
  friend bool operator==(const PrepareStage&, const PrepareStage&) = default;
};

struct SearchStage {
  TaskSettings task;
  /// What is searched: "" CLEARER's space, else the derived network's row of the catalogue, whose
  /// supernet has its name + "_supernet".
  std::string method;
  std::map<std::string, double> options;  ///< method: its sizes
  clearer::SearchSpace space;             ///< CLEARER
  clearer::SearchOptions search;
  Machine machine;
  std::uint64_t seed = 0;
  friend bool operator==(const SearchStage&, const SearchStage&) = default;
};

struct TrainStage {
  TaskSettings task;
  NetworkSettings network;
  training::Recipe recipe;
  Machine machine;
  std::uint64_t seed = 0;
  friend bool operator==(const TrainStage&, const TrainStage&) = default;
};

struct EvaluateStage {
  TaskSettings task;
  NetworkSettings network;
  std::vector<std::string> protocols;  ///< canonical strings
  std::uint64_t noise_seed = 0;        ///< of the test noise: the same for every contestant
  std::int64_t keep_images = 0;        ///< how many restored images to keep for the report
  Machine machine;
  friend bool operator==(const EvaluateStage&, const EvaluateStage&) = default;
};

struct CostStage {
  NetworkSettings network;
  std::int64_t channels = 1;
  std::int64_t height = 64;
  std::int64_t width = 64;
  std::int64_t batch = 1;
  std::int64_t repetitions = 20;
  /// What is timed: "forward" (restoring), "train" (one step of a training), "search" (one weight
  /// step with its architecture step; of CLEARER's space or of the supernet `network.method`)
  std::string step = "forward";
  clearer::StrategyKind strategy = clearer::StrategyKind::kClearer;  ///< search: by gradients
  Machine machine;
  friend bool operator==(const CostStage&, const CostStage&) = default;
};

/// One image to be restored: where it lies and where the restored one goes, absolute.
struct RestoreFile {
  std::string degraded;  ///< PNG or JPEG
  std::string restored;  ///< PNG
  friend bool operator==(const RestoreFile&, const RestoreFile&) = default;
};

/// A method used on images of the user's. Under an input "model" `network` and `weights` are not
/// read: the model's folder says what a trained network is.
struct RestoreStage {
  NetworkSettings network;    ///< "network", "classical" or "degraded"
  std::string weights;        ///< network: a safetensors or .pth file, absolute
  std::string weights_key;    ///< the dictionary of a checkpoint that holds several
  double sigma_8bit = 25;     ///< for methods that are told the noise level, on the 0..255 scale
  std::int64_t tile = 0;      ///< networks: larger images go in tiles of so many pixels; 0 never
  std::int64_t overlap = -1;  ///< pixels around a tile that it also sees; -1: all that matter
  bool drop_alpha = false;
  bool round_sixteen_bit = false;
  std::vector<RestoreFile> files;
  Machine machine;
  friend bool operator==(const RestoreStage&, const RestoreStage&) = default;
};

std::string to_json(const PrepareStage& stage);
std::string to_json(const SearchStage& stage);
std::string to_json(const TrainStage& stage);
std::string to_json(const EvaluateStage& stage);
std::string to_json(const CostStage& stage);
std::string to_json(const RestoreStage& stage);
std::string to_json(const NetworkSettings& network);

/// Inverses of `to_json`. \throws std::runtime_error naming the key that is missing or wrong.
PrepareStage parse_prepare_stage(const std::string& text);
SearchStage parse_search_stage(const std::string& text);
TrainStage parse_train_stage(const std::string& text);
EvaluateStage parse_evaluate_stage(const std::string& text);
CostStage parse_cost_stage(const std::string& text);
RestoreStage parse_restore_stage(const std::string& text);
NetworkSettings parse_network_settings(const std::string& text);

}  // namespace bench::exchange
