#include <iostream>

#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/interrupt.h"
#include "runner/cli/run_options.h"

namespace bench::runner {
namespace {

exchange::CheckpointInterval checkpoint_interval(const std::string& text) {
  try {
    return exchange::parse_checkpoint_interval(text);
  } catch (const std::invalid_argument& error) {
    throw core::BadInput(std::string("--checkpoint-every: ") + error.what());
  }
}

}  // namespace

int run_command(int argc, char** argv) {
  CLI::App parser(
      "Run an experiment and write its report. Finished stages are reused;\n"
      "after an interruption, the same command resumes where it stopped.");
  name_parser(parser, "run");
  RunOptions options;
  add_run_options(parser, options);
  parser.add_option("--threads", options.request.threads, "total CPU threads [all cores]")
      ->check(CLI::Range(1, 4096));
  std::string checkpoint_every;
  parser.add_option("--checkpoint-every", checkpoint_every,
                    "checkpoint interval: 200steps, 90s, 5min, ... [20s]");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  if (!checkpoint_every.empty()) {
    options.request.checkpoint = checkpoint_interval(checkpoint_every);
  }
  options.request.command_line = "bench " + command_line_text(argc, argv);
  const auto run = check(options.request);
  return carry_out(*run, options.request, listen_for_interrupts(), std::cout);
}

}  // namespace bench::runner
