#include <iostream>
#include <regex>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/lone_stage_run.h"
#include "runner/cost/cost_record.h"
#include "runner/cost/cost_subject.h"
#include "runner/experiment/bad_input.h"

namespace bench::runner {
namespace {

struct CostOptions {
  std::string subject;
  std::string size = "64x64";
  std::int64_t channels = 0;  ///< 0: what the method is usually built for
  stage_files::ProfileStage stage{.repetitions = 10};
  stage_files::SpaceSettings space;
  bool as_json = false;
};

void add_options(CLI::App& parser, CostOptions& options) {
  auto& stage = options.stage;
  parser
      .add_option("subject", options.subject,
                  "a method (bench ls methods), or an architecture of CLEARER's space: "
                  "all-parallel, all-fusion, alternating or letters like \"PF|FF|FP\"")
      ->required();
  parser.add_option("--size", options.size, "HEIGHTxWIDTH in pixels")->capture_default_str();
  parser.add_option("--channels", options.channels, "1 gray, 3 RGB [what the method is built for]")
      ->check(CLI::IsMember({1, 3}));
  parser.add_option("--batch", stage.batch, "pictures a pass")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  parser.add_option("--threads", stage.machine.threads, "threads that it may take")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  parser.add_option("--repetitions", stage.repetitions, "how often the latency is taken")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  parser.add_option("--device", stage.machine.device, "cpu or cuda")
      ->check(CLI::IsMember({"cpu", "cuda"}))
      ->capture_default_str();
  parser.add_option("--precision", stage.machine.precision, "fp32 or bf16")
      ->check(CLI::IsMember({"fp32", "bf16"}))
      ->capture_default_str();
  parser.add_option("--layout", stage.machine.layout, "channels_last or nchw")
      ->check(CLI::IsMember({"channels_last", "nchw"}))
      ->capture_default_str();
  parser.add_option("--space-channels", options.space.channels, "per resolution [32,64,128,256]")
      ->delimiter(',')
      ->check(CLI::Range(1, 4096));
  parser.add_option("--space-modules", options.space.modules, "stem, then each cell [2,4,4,4]")
      ->delimiter(',')
      ->check(CLI::Range(1, 64));
  parser.add_flag("--json", options.as_json, "facts as JSON");
}

void read_size(const std::string& text, stage_files::ProfileStage& stage) {
  std::smatch parts;
  if (!std::regex_match(text, parts, std::regex("([0-9]{1,5})x([0-9]{1,5})"))) {
    throw BadInput("cost: --size: expected HEIGHTxWIDTH like 320x480, found \"" + text + "\"");
  }
  stage.height = std::stoll(parts[1]);
  stage.width = std::stoll(parts[2]);
  constexpr std::int64_t kSmallest = 8, kLargest = 16384;
  for (const auto side : {stage.height, stage.width}) {
    if (side < kSmallest || side > kLargest) {
      throw BadInput("cost: --size: expected sides of 8 to 16384 pixels, found \"" + text + "\"");
    }
  }
}

void require_sensible(const stage_files::SpaceSettings& space) {
  if (space.channels.size() == space.modules.size() && space.modules.size() >= 2) return;
  throw BadInput("cost: expected as many --space-channels as --space-modules, at least 2, found " +
                 std::to_string(space.channels.size()) + " and " +
                 std::to_string(space.modules.size()));
}

}  // namespace

int cost_command(int argc, char** argv) {
  CLI::App parser(
      "What restoring one picture takes: parameters, multiply-accumulates, memory, latency.");
  name_parser(parser, "cost");
  CostOptions options;
  add_options(parser, options);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  auto& stage = options.stage;
  read_size(options.size, stage);
  require_sensible(options.space);
  const auto subject = cost_subject(options.subject, options.space);
  if (subject.network.kind == "classical" && stage.machine.device != "cpu") {
    throw BadInput("cost: --device: expected cpu for " + options.subject +
                   ", which is no network, found " + stage.machine.device);
  }
  stage.network = subject.network;
  stage.channels = options.channels ? options.channels : subject.image_channels;
  const auto result = run_stage_alone({.kind = "profile",
                                       .name = "cost of " + options.subject,
                                       .settings_json = stage_files::to_json(stage)},
                                      "measured");
  if (!result) return kExitInterrupted;
  const CostReport report{options.subject, subject.title, cost_record(stage, *result),
                          result->environment};
  std::cout << (options.as_json ? cost_json(report) : cost_table(report)) << std::flush;
  if (!std::cout) throw std::runtime_error("cost: the output cannot be written (disk full?)");
  return kExitOk;
}

}  // namespace bench::runner
