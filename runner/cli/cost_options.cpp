#include "runner/cli/cost_options.h"

#include <regex>

#include "baselines/catalogue/size.h"
#include "core/json/bad_input.h"
#include "runner/cli/machine_options.h"

namespace bench::runner {
namespace {

void read_size(const std::string& text, exchange::CostStage& stage) {
  std::smatch parts;
  if (!std::regex_match(text, parts, std::regex("([0-9]{1,5})x([0-9]{1,5})"))) {
    throw core::BadInput("cost: --size: expected HEIGHTxWIDTH such as 320x480, found \"" + text +
                         "\"");
  }
  stage.height = std::stoll(parts[1]);
  stage.width = std::stoll(parts[2]);
  constexpr std::int64_t kSmallest = 8, kLargest = 16384;
  for (const auto side : {stage.height, stage.width}) {
    if (side < kSmallest || side > kLargest) {
      throw core::BadInput("cost: --size: expected sides of 8 to 16384 pixels, found \"" + text +
                           "\"");
    }
  }
}

void require_sensible(const clearer::SearchSpace& space) {
  if (space.channels.size() == space.modules.size() && space.modules.size() >= 2) return;
  throw core::BadInput(
      "cost: --space-channels and --space-modules must list the same number of values, at least 2; "
      "found " +
      std::to_string(space.channels.size()) + " and " + std::to_string(space.modules.size()));
}

constexpr std::int64_t kStepBatch = 8;

/// What a step takes that restoring does not need: an image is padded, a patch is not.
void require_step(const CostSubject& subject, const exchange::CostStage& stage) {
  if (stage.step != "search" && stage.strategy != clearer::StrategyKind::kClearer) {
    throw core::BadInput("cost: --strategy applies only to --step search, not to --step " +
                         stage.step + ". Remove --strategy");
  }
  const auto& network = subject.network;
  const std::int64_t multiple = network.kind == "clearer"
                                    ? side_multiple(network.space)
                                    : catalogue::side_multiple_of(network.method);
  if (stage.height % multiple == 0 && stage.width % multiple == 0) return;
  throw core::BadInput("cost: --size: this network needs patches whose sides are multiples of " +
                       std::to_string(multiple) + ", found " + std::to_string(stage.height) + "x" +
                       std::to_string(stage.width) + ". Try " +
                       std::to_string((stage.height + multiple - 1) / multiple * multiple) + "x" +
                       std::to_string((stage.width + multiple - 1) / multiple * multiple));
}

// An option that changes nothing would let its user believe that it did.
void require_used(const CostSubject& subject, const CostOptions& options) {
  const auto& machine = options.stage.machine;
  const exchange::Machine usual;
  const std::string name = subject.network.method;
  if (subject.network.kind == "classical" &&
      (machine.precision != usual.precision || machine.layout != usual.layout)) {
    const bool precision = machine.precision != usual.precision;
    throw core::BadInput(std::string("cost: ") + (precision ? "--precision" : "--layout") + ": " +
                         name + " is not a network and always computes in " +
                         (precision ? "fp32" : "planes") + ". Remove the option");
  }
  if (subject.network.kind != "clearer" && options.space != clearer::SearchSpace{}) {
    throw core::BadInput("cost: --space-channels and --space-modules: " + name +
                         " has no search space of CLEARER's. Remove them");
  }
}

}  // namespace

void add_cost_options(CLI::App& parser, CostOptions& options) {
  auto& stage = options.stage;
  parser
      .add_option("subject", options.subject,
                  "method, or architecture such as all-fusion or \"PF|FF|FP\"")
      ->required();
  parser.add_option("--size", options.size, "image size in pixels, HEIGHTxWIDTH")
      ->capture_default_str();
  parser
      .add_option("--channels", options.channels,
                  "1 for gray, 3 for RGB [what the method is built for]")
      ->check(CLI::IsMember({1, 3}));
  parser.add_option("--batch", options.batch, "images per pass [1] or per step [8]")
      ->check(CLI::Range(1, 4096));
  add_machine_options(parser, stage.machine);
  parser.add_option("--repetitions", stage.repetitions, "number of latency measurements")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  add_choice(parser, "--layout", stage.machine.layout,
             "memory layout of tensors: channels_last or nchw");
  parser
      .add_option("--space-channels", options.space.channels,
                  "channels at each resolution [32,64,128,256]")
      ->delimiter(',')
      ->check(CLI::Range(1, 4096));
  parser
      .add_option("--space-modules", options.space.modules,
                  "modules in the stem, then in each cell [2,4,4,4]")
      ->delimiter(',')
      ->check(CLI::Range(1, 64));
}

void add_step_options(CLI::App& parser, CostOptions& options) {
  parser
      .add_option("--step", options.stage.step,
                  "what to measure: forward pass, train step or search step")
      ->check(CLI::IsMember({"forward", "train", "search"}))
      ->capture_default_str();
  add_choice(parser, "--strategy", options.stage.strategy, "search strategy, for --step search",
             {"clearer", "darts-first-order", "darts-second-order", "joint"});
}

exchange::CostStage cost_stage(const CostOptions& options, const std::string& subject) {
  auto stage = options.stage;
  read_size(options.size, stage);
  require_sensible(options.space);
  stage.batch = options.batch ? options.batch : stage.step == "forward" ? 1 : kStepBatch;
  const auto known = cost_subject(subject, options.space, stage.step);
  if (stage.step != "forward") require_step(known, stage);
  require_used(known, options);
  if (known.network.kind == "classical" && stage.machine.device != exchange::Device::kCpu) {
    throw core::BadInput("cost: --device: " + subject +
                         " is not a network and runs on cpu only, found " +
                         text::name_of(stage.machine.device));
  }
  stage.network = known.network;
  stage.channels = options.channels ? options.channels : known.image_channels;
  return stage;
}

std::string title_of(const CostOptions& options, const std::string& subject) {
  return cost_subject(subject, options.space, options.stage.step).title;
}

}  // namespace bench::runner
