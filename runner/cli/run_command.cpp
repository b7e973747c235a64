#include <iostream>

#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/interrupt.h"
#include "runner/cli/run_options.h"
#include "runner/experiment/project.h"

namespace bench::runner {
namespace {

exchange::CheckpointInterval checkpoint_interval(const std::string& text) {
  try {
    return exchange::parse_checkpoint_interval(text);
  } catch (const std::invalid_argument& error) {
    throw core::BadInput(std::string("--checkpoint-every: ") + error.what());
  }
}

// Where the other commands, called in this folder, do not look.
void name_store_elsewhere(const std::filesystem::path& store) {
  std::error_code error;
  if (std::filesystem::equivalent(store, store_of(project_here()), error)) return;
  std::cout << "results are kept in " << store.string() << "; list them with: bench ls --store "
            << store.string() << "\n";
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
  const int exit_code = carry_out(*run, options.request, listen_for_interrupts(), std::cout);
  if (options.request.store.empty()) name_store_elsewhere(run->store);
  return exit_code;
}

}  // namespace bench::runner
