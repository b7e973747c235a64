#include <atomic>
#include <csignal>
#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/run_options.h"
#include "runner/experiment/bad_input.h"

namespace bench::runner {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

void note_interrupt(int) {
  interrupted = true;
}

void listen_for_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  // A second Ctrl-C ends the program at once; its stages die with it.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

stage_files::CheckpointInterval checkpoint_interval(const std::string& text) {
  try {
    return stage_files::parse_checkpoint_interval(text);
  } catch (const std::invalid_argument& error) {
    throw BadInput(std::string("--checkpoint-every: ") + error.what());
  }
}

}  // namespace

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
  std::string checkpoint_every;
  parser.add_option("--checkpoint-every", checkpoint_every,
                    "how often searches and trainings save where they are: 200steps, 90s, 5min "
                    "[20s]; changes no result");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  if (!checkpoint_every.empty()) {
    options.request.checkpoint = checkpoint_interval(checkpoint_every);
  }
  options.request.command_line = "bench " + command_line_text(argc, argv);
  const auto run = check(options.request);
  listen_for_interrupts();
  return carry_out(*run, options.request, interrupted, std::cout);
}

}  // namespace bench::runner
