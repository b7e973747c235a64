#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/interrupt.h"
#include "runner/cli/run_options.h"

namespace bench::runner {

int run_command(int argc, char** argv) {
  CLI::App parser(
      "Carries out an experiment. What the store already holds is not done again;\n"
      "after an interruption the same command goes on where it stopped.");
  name_parser(parser, "run");
  RunOptions options;
  add_run_options(parser, options);
  parser
      .add_option("--threads", options.request.threads,
                  "how many threads the stages may take together [all cores]")
      ->check(CLI::Range(1, 4096));
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  options.request.command_line = "bench " + command_line_text(argc, argv);
  const auto run = check(options.request);
  return carry_out(*run, options.request, listen_for_interrupts(), std::cout);
}

}  // namespace bench::runner
