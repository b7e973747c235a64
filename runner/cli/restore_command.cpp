#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <thread>

#include "baselines/catalogue/method.h"
#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/lone_stage_run.h"
#include "runner/cli/machine_options.h"
#include "runner/cli/store_options.h"
#include "runner/execute/lone_stage.h"
#include "runner/restore/restore_files.h"
#include "runner/restore/trained_model.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using catalogue::MethodKind;

constexpr std::int64_t kUsualTile = 1024;  // pixels

struct RestoreOptions {
  std::vector<fs::path> in;
  fs::path out, weights, store;
  std::string method;
  std::optional<std::string> run;
  std::optional<double> sigma;
  TrainedModelQuery query;
  exchange::RestoreStage stage;
};

void add_method_options(CLI::App& parser, RestoreOptions& options) {
  parser.add_option("--method", options.method, "a method (bench ls methods)");
  parser.add_option("--weights", options.weights, "its weights: safetensors or .pth");
  parser.add_option("--run", options.run,
                    "instead: a network trained by this run (its id, or latest)");
  parser.add_option("--contestant", options.query.contestant, "of the run: this contestant");
  parser.add_option("--task", options.query.task, "of the run: trained on this task");
  parser.add_option("--seed", options.query.seed, "of the run: under this seed");
  add_store_option(parser, options.store);
  parser
      .add_option("--sigma", options.sigma,
                  "noise level on the 0..255 scale, for methods that are told it")
      ->check(CLI::Range(0.01, 255.0));
}

void add_options(CLI::App& parser, RestoreOptions& options) {
  auto& stage = options.stage;
  stage.machine.threads = std::max(1U, std::thread::hardware_concurrency());
  parser.add_option("in", options.in, "images, or folders of them: PNG, JPEG")->required();
  parser.add_option("--out", options.out, "folder for the restored images, NAME.png each")
      ->required();
  add_method_options(parser, options);
  parser
      .add_option("--tile", stage.tile,
                  "networks restore larger images in tiles of so many pixels; 0: never")
      ->check(CLI::Range(0, 1 << 20))
      ->capture_default_str();
  parser
      .add_option("--overlap", stage.overlap,
                  "pixels around a tile that it also sees [as far as the network sees]")
      ->check(CLI::Range(0, 1 << 16));
  add_machine_options(parser, stage.machine);
  parser.add_flag("--drop-alpha", stage.drop_alpha, "ignore alpha channels, else refused");
  parser.add_flag("--round-16-bit", stage.round_sixteen_bit,
                  "round 16-bit images to 8 bits, else refused");
}

// Methods whose definition takes the noise level.
bool is_told_sigma(const catalogue::Method& method) {
  return method.kind == MethodKind::kClassical || method.name == "ffdnet";
}

void require_weights(const RestoreOptions& options, const catalogue::Method& method) {
  const bool is_network = method.kind == MethodKind::kNetwork;
  if (is_network && options.weights.empty()) {
    throw core::BadInput("restore: expected --weights for " + method.name +
                         ", a network, or --run for one trained here, found neither");
  }
  if (!is_network && !options.weights.empty()) {
    throw core::BadInput("restore: --weights: expected a network, found " + method.name +
                         ", which has none");
  }
  if (is_network && !fs::is_regular_file(options.weights)) {
    throw core::BadInput("restore: --weights " + options.weights.string() +
                         ": expected a safetensors or .pth file, found " +
                         (fs::exists(options.weights) ? "something else" : "nothing"));
  }
}

void set_method(RestoreOptions& options) {
  if (options.method.empty()) {
    throw core::BadInput("restore: expected --method or --run, found neither");
  }
  const auto& method = catalogue::method(options.method);
  if (!catalogue::stands_alone(method) || method.kind == MethodKind::kSupernet) {
    throw core::BadInput("restore: --method: expected a method that can be built, found " +
                         method.name + " (" + method.notes + ")");
  }
  require_weights(options, method);
  if (is_told_sigma(method) && !options.sigma) {
    throw core::BadInput("restore: expected --sigma for " + method.name +
                         ", which is told the noise level, found none");
  }
  auto& stage = options.stage;
  stage.network.kind = method.kind == MethodKind::kIdentity    ? "degraded"
                       : method.kind == MethodKind::kClassical ? "classical"
                                                               : "network";
  stage.network.method = method.name;
  if (!options.weights.empty()) stage.weights = fs::absolute(options.weights).string();
  stage.sigma_8bit = options.sigma.value_or(stage.sigma_8bit);
}

// What the stage complains of begins with the file that it concerns: those are the user's.
bool is_about_a_file(const std::string& reason, const exchange::RestoreStage& stage) {
  if (!stage.weights.empty() && reason.starts_with(stage.weights)) return true;
  return std::any_of(stage.files.begin(), stage.files.end(),
                     [&](const auto& file) { return reason.starts_with(file.degraded); });
}

std::optional<exchange::StageResult> carry_out(const exchange::StageRequest& request,
                                               const exchange::RestoreStage& stage) {
  try {
    return run_stage_alone(request, "restored");
  } catch (const StageFailed& error) {
    if (is_about_a_file(error.what(), stage)) {
      throw core::BadInput(std::string("restore: ") + error.what());
    }
    throw;
  }
}

void report(const RestoreOptions& options, const exchange::StageResult& result) {
  for (const auto& [name, value] : result.facts) {
    if (name == "receptive_radius" && value == "the whole image") {
      std::cerr << "bench restore: each output of this network depends on more of the image "
                   "than a tile shows: tiles differ from the whole; --tile 0 restores it whole\n";
    }
  }
  std::cout << "restored " << options.stage.files.size() << " images into " << options.out.string()
            << "\n";
}

}  // namespace

int restore_command(int argc, char** argv) {
  CLI::App parser("Restores images with a method, or with a network that a run has trained.");
  name_parser(parser, "restore");
  RestoreOptions options;
  options.stage.tile = kUsualTile;
  add_options(parser, options);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  auto& stage = options.stage;
  exchange::StageRequest request{.kind = "restore", .name = "restore"};
  if (options.run) {
    if (!options.method.empty() || !options.weights.empty()) {
      throw core::BadInput("restore: expected --run, or --method with --weights, found both");
    }
    options.query.run = *options.run;
    request.inputs = {{"model", trained_model_folder(options.store, options.query).string()}};
  } else {
    set_method(options);
  }
  stage.files = restore_files(options.in, options.out);
  fs::create_directories(options.out);
  request.settings_json = exchange::to_json(stage);
  const auto result = carry_out(request, stage);
  if (!result) return kExitInterrupted;
  report(options, *result);
  return kExitOk;
}

}  // namespace bench::runner
