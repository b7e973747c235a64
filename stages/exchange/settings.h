#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

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

/// What makes the degraded image from the clean one.
struct Degradation {
  std::string kind = "gaussian";     ///< "gaussian" or "rain" (pairs of the data set)
  double sigma_8bit = 0;             ///< gaussian: on the 0..255 scale
  std::string noise = "awgn-float";  ///< gaussian: "awgn-float" or "clearer-uint8"
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

/// Where and how a stage computes. Part of its settings: the number of threads, the layout and the
/// precision change the last bits of its result.
struct Machine {
  std::string device = "cpu";  ///< "cpu" or "cuda"
  std::int64_t threads = 1;
  std::string precision = "fp32";        ///< "fp32" or "bf16" (autocast)
  std::string layout = "channels_last";  ///< "channels_last" or "nchw"
  friend bool operator==(const Machine&, const Machine&) = default;
};

/// CLEARER's search space (paper.md, sections 2 and 4).
struct SpaceSettings {
  std::vector<std::int64_t> channels = {32, 64, 128, 256};  ///< per resolution, finest first
  std::vector<std::int64_t> modules = {2, 4, 4, 4};         ///< stem, then each cell
  std::int64_t branches = 0;        ///< most resolutions side by side, 0: one a channel
  std::string stem = "bottleneck";  ///< as released, or "parallel" (the paper's text)
  std::string head = "1x1";         ///< as released, or "3x3"
  bool global_residual = false;     ///< output = input + network
  std::string initialization =
      "released";                          ///< or "kaiming", "kaiming-last-zeroed", "kaiming-plain"
  std::string order = "transition-first";  ///< or "transition-last" (R2Q2)
  bool fusion_exchange = true;             ///< false: scales do not interact (R2Q4)
  std::string normalization = "batch";     ///< or "instance", "none"
  std::string upsampling = "nearest";      ///< or "bilinear"
  friend bool operator==(const SpaceSettings&, const SpaceSettings&) = default;
};

/// What is trained or evaluated.
struct NetworkSettings {
  std::string kind = "clearer";  ///< "clearer", "method" (a row of the catalogue), "degraded"
  SpaceSettings space;           ///< clearer
  std::string architecture;      ///< clearer: "PF|FF|FP"
  std::string method;            ///< method: its name
  std::map<std::string, double> options;  ///< method: its sizes, e.g. {"depth", 8}
  /// method: given weights, the name of a file in DATA_ROOT/weights; "" if it is trained here
  std::string weights_file;
  std::string weights_sha256;  ///< of that file's content: what the result depends on
  std::string weights_key;     ///< the dictionary of a checkpoint that holds several
  friend bool operator==(const NetworkSettings&, const NetworkSettings&) = default;
};

/// How weights are trained.
struct RecipeSettings {
  std::string name;  ///< for reports, e.g. "fast", "as_released"
  std::int64_t steps = 0;
  std::int64_t batch = 8;
  std::int64_t patch = 32;  ///< pixels, square
  /// "mse", "l1", "half-sum-squared", "neg-ssim", "neg-psnr", "hinas-search", "hinas-training"
  std::string loss = "mse";
  std::string supervision = "all-outputs";  ///< or "last-output", of networks that have several
  std::string optimizer = "adam";           ///< "adam" or "sgd"
  double learning_rate = 1e-2;
  double learning_rate_min = 0;
  /// "cosine", "polynomial", "exponential", "milestones", "constant"
  std::string schedule = "cosine";
  std::int64_t steps_per_epoch = 1;      ///< the rate changes only with each epoch
  std::vector<std::int64_t> milestones;  ///< steps
  double milestone_factor = 0.1;
  double schedule_power = 0.9;  ///< polynomial
  double momentum = 0.9;        ///< sgd
  double beta1 = 0.9;           ///< adam
  double beta2 = 0.999;         ///< adam
  double weight_decay = 0;
  double gradient_norm_limit = 5;                ///< 0 = none
  std::string augmentation = "flips-rotations";  ///< or "as-released" (identity left out), "none"
  friend bool operator==(const RecipeSettings&, const RecipeSettings&) = default;
};

/// How an architecture is searched (paper.md, sections 2, 3 and 7).
struct SearchSettings {
  std::string strategy = "clearer";
  std::string semantics = "paper";  ///< supernet: "paper" (Eq. 1) or "as-released" (Q1)
  RecipeSettings weights;           ///< of the supernet's weights
  double warm_up_fraction = 0.3;    ///< of the steps, weights only
  std::int64_t image_budget = 0;    ///< end once so many images were seen, 0: no such limit
  std::int64_t weight_steps_per_architecture_step = 1;
  std::string architecture_data = "training-half";  ///< or "test-split-as-released" (Q8)
  std::string architecture_optimizer = "adam";      ///< or "sgd"
  double architecture_learning_rate = 3e-4;
  double architecture_learning_rate_min = 0;
  std::string architecture_schedule = "constant";  ///< or "cosine"
  std::int64_t architecture_steps_per_epoch = 1;   ///< the rate changes only with each epoch
  double architecture_momentum = 0.9;              ///< sgd
  double architecture_beta1 = 0.5;
  double architecture_beta2 = 0.999;
  double architecture_weight_decay = 1e-3;
  double second_order_radius = 0.01;  ///< of the central difference, over |dL_val/dw'| (DARTS)
  std::string architecture_batch_norm = "eval";  ///< "eval" (as released) or "train" (DARTS)
  double lambda_architecture = 0.01;
  double lambda_complexity = 0;
  std::int64_t architecture_loss_sign = -1;            ///< -1 (paper), +1 (as first submitted), 0
  std::string architecture_loss_form = "natural-log";  ///< or "log10-mean" (as released)
  std::string complexity_cost = "constants";  ///< 0.7/0.3, or "parameters", "macs", "latency"
  std::int64_t candidates = 50;               ///< random, evolution: how many are scored
  std::int64_t population = 20;               ///< evolution
  std::int64_t tournament = 5;                ///< evolution: of so many the best becomes parent
  bool shared_weights = true;  ///< candidates: scored in one supernet, else each trained alone
  friend bool operator==(const SearchSettings&, const SearchSettings&) = default;
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
  SpaceSettings space;                    ///< CLEARER
  SearchSettings search;
  Machine machine;
  std::uint64_t seed = 0;
  friend bool operator==(const SearchStage&, const SearchStage&) = default;
};

struct TrainStage {
  TaskSettings task;
  NetworkSettings network;
  RecipeSettings recipe;
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

struct ProfileStage {
  NetworkSettings network;
  std::int64_t channels = 1;
  std::int64_t height = 64;
  std::int64_t width = 64;
  std::int64_t batch = 1;
  std::int64_t repetitions = 20;
  /// What is timed: "forward" (restoring), "train" (one step of a training), "search" (one weight
  /// step with its architecture step; of CLEARER's space or of the supernet `network.method`)
  std::string step = "forward";
  std::string strategy = "clearer";  ///< search: a strategy by gradients
  Machine machine;
  friend bool operator==(const ProfileStage&, const ProfileStage&) = default;
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
std::string to_json(const ProfileStage& stage);
std::string to_json(const RestoreStage& stage);
std::string to_json(const NetworkSettings& network);

/// Inverses of `to_json`. \throws std::runtime_error naming the key that is missing or wrong.
PrepareStage parse_prepare_stage(const std::string& text);
SearchStage parse_search_stage(const std::string& text);
TrainStage parse_train_stage(const std::string& text);
EvaluateStage parse_evaluate_stage(const std::string& text);
ProfileStage parse_profile_stage(const std::string& text);
RestoreStage parse_restore_stage(const std::string& text);
NetworkSettings parse_network_settings(const std::string& text);

}  // namespace bench::exchange
