#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <thread>

#include "baselines/catalogue/method.h"
#include "baselines/weights/weights_error.h"
#include "baselines/weights/weights_file.h"
#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "core/text/visible_text.h"
#include "datasets/image_file.h"
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
  parser.add_option("--method", options.method, "method to use (see bench ls methods)");
  parser.add_option("--weights", options.weights, "weights of the method: safetensors or .pth");
  parser.add_option("--key", options.stage.weights_key,
                    "dictionary to read if --weights holds several");
  parser.add_option("--run", options.run, "use a network trained by this run: id or latest");
  parser.add_option("--contestant", options.query.contestant, "contestant of the run");
  parser.add_option("--task", options.query.task, "task the network was trained on");
  parser.add_option("--seed", options.query.seed, "seed the network was trained with");
  add_store_option(parser, options.store);
  parser.add_option("--sigma", options.sigma, "noise level (0..255), for methods that require it")
      ->check(CLI::Range(0.01, 255.0));
}

void add_options(CLI::App& parser, RestoreOptions& options) {
  auto& stage = options.stage;
  stage.machine.threads = std::max(1U, std::thread::hardware_concurrency());
  parser.add_option("in", options.in, "images or folders of images: PNG or JPEG")->required();
  parser.add_option("--out", options.out, "folder for the restored images (NAME.png)")->required();
  add_method_options(parser, options);
  parser
      .add_option("--tile", stage.tile, "tile size in pixels for larger images; 0 disables tiling")
      ->check(CLI::Range(0, 1 << 20))
      ->capture_default_str();
  parser.add_option("--overlap", stage.overlap, "extra pixels around each tile [receptive field]")
      ->check(CLI::Range(0, 1 << 16));
  add_machine_options(parser, stage.machine);
  parser.add_flag("--drop-alpha", stage.drop_alpha, "ignore alpha channels (default: refuse them)");
  parser.add_flag("--round-16-bit", stage.round_sixteen_bit,
                  "round 16-bit images to 8 bits (default: refuse them)");
}

// Methods whose definition takes the noise level.
bool is_told_sigma(const catalogue::Method& method) {
  return method.kind == MethodKind::kClassical || method.name == "ffdnet";
}

void require_weights(const RestoreOptions& options, const catalogue::Method& method) {
  const bool is_network = method.kind == MethodKind::kNetwork;
  if (is_network && options.weights.empty()) {
    throw core::BadInput("restore: " + method.name +
                         " is a network and needs --weights. Pass --weights FILE, or --run RUN to "
                         "use a network trained by a run");
  }
  if (!is_network && !options.weights.empty()) {
    throw core::BadInput("restore: --weights: " + method.name +
                         " has no weights. Remove --weights");
  }
  if (is_network && !fs::is_regular_file(options.weights)) {
    throw core::BadInput(
        "restore: --weights " + options.weights.string() +
        (fs::exists(options.weights) ? ": not a safetensors or .pth file" : ": file not found"));
  }
}

// An option that changes nothing would let its user believe that it did.
void refuse_options(const CLI::App& parser, std::initializer_list<const char*> options,
                    const std::string& why) {
  for (const char* option : options) {
    if (parser.count(option) == 0) continue;
    throw core::BadInput(std::string("restore: ") + option + ": " + why + ". Remove " + option);
  }
}

void require_used_options(const CLI::App& parser, const RestoreOptions& options) {
  if (options.run) {
    refuse_options(parser, {"--sigma"},
                   "a network trained by a run was told its noise levels then");
    return;
  }
  refuse_options(parser, {"--contestant", "--task", "--seed", "--store"},
                 "this chooses a network trained by a run and needs --run");
  if (options.method.empty()) return;
  const auto& method = catalogue::method(options.method);
  if (!is_told_sigma(method)) {
    refuse_options(parser, {"--sigma"},
                   method.name + " takes no noise level: its weights are for one");
  }
  if (method.kind == MethodKind::kNetwork) return;
  refuse_options(parser, {"--precision", "--tile", "--overlap"},
                 method.name + " is not a network, and this is an option of networks");
  if (options.stage.machine.device != exchange::Device::kCpu) {
    refuse_options(parser, {"--device"}, method.name + " is not a network and runs on cpu only");
  }
}

// Before any work, and with what the user must know of it.
void look_into_weights(const RestoreOptions& options) {
  try {
    const auto note =
        weights::WeightsFile::open(options.weights, {.key = options.stage.weights_key}).note();
    if (note.empty()) return;
    std::cerr << "bench restore: " << text::visible_text(options.weights.string() + ": " + note)
              << "\n";
  } catch (const weights::WeightsError& error) {
    throw core::BadInput(std::string("restore: ") + error.what());
  }
}

void set_method(RestoreOptions& options) {
  if (options.method.empty()) {
    throw core::BadInput("restore: no method given. Pass --method METHOD or --run RUN");
  }
  const auto& method = catalogue::method(options.method);
  if (!catalogue::stands_alone(method) || method.kind == MethodKind::kSupernet) {
    throw core::BadInput("restore: --method: " + method.name +
                         " cannot restore images on its own (" + method.notes +
                         "). Choose another from bench ls methods");
  }
  require_weights(options, method);
  if (is_told_sigma(method) && !options.sigma) {
    throw core::BadInput("restore: " + method.name +
                         " needs the noise level. Pass it with --sigma");
  }
  auto& stage = options.stage;
  stage.network.kind = method.kind == MethodKind::kIdentity    ? "degraded"
                       : method.kind == MethodKind::kClassical ? "classical"
                                                               : "network";
  stage.network.method = method.name;
  if (options.weights.empty() && !stage.weights_key.empty()) {
    throw core::BadInput("restore: --key applies only to --weights. Add --weights or remove --key");
  }
  if (!options.weights.empty()) {
    look_into_weights(options);
    stage.weights = fs::absolute(options.weights).string();
  }
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
      std::cerr << "warning: this network uses more of the image than one tile, so tiled results "
                   "differ from those of the whole image. Use --tile 0 to restore images whole.\n";
    }
  }
  std::cout << "restored " << options.stage.files.size()
            << (options.stage.files.size() == 1 ? " image" : " images") << " into "
            << options.out.string() << "\n";
}

}  // namespace

int restore_command(int argc, char** argv) {
  CLI::App parser("Restore images with a method or with a network trained by a run.");
  name_parser(parser, "restore");
  RestoreOptions options;
  options.stage.tile = kUsualTile;
  add_options(parser, options);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  auto& stage = options.stage;
  exchange::StageRequest request{.kind = "restore", .name = "restore"};
  require_used_options(parser, options);
  if (options.run) {
    if (!options.method.empty() || !options.weights.empty() || !stage.weights_key.empty()) {
      throw core::BadInput(
          "restore: --run excludes --method, --weights and --key. Pass one or the other");
    }
    options.query.run = *options.run;
    request.inputs = {{"model", trained_model_folder(options.store, options.query).string()}};
  } else {
    set_method(options);
  }
  datasets::ReadOptions read;
  if (stage.drop_alpha) read.alpha = datasets::AlphaPolicy::kDrop;
  if (stage.round_sixteen_bit) read.sixteen_bit = datasets::SixteenBitPolicy::kRound;
  stage.files = restore_files(options.in, options.out, read);
  files::make_folders(options.out);
  request.settings_json = exchange::to_json(stage);
  const auto result = carry_out(request, stage);
  if (!result) return kExitInterrupted;
  report(options, *result);
  return kExitOk;
}

}  // namespace bench::runner
