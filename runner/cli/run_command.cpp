#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/execution_options.h"
#include "runner/cli/interrupt.h"
#include "runner/cli/run_options.h"
#include "runner/experiment/project.h"

namespace bench::runner {
namespace {

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
  ExecutionOptions execution;
  add_run_options(parser, options);
  add_report_option(parser, options);
  add_execution_options(parser, execution, options.request);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  finish_execution_options(execution, options.request);
  options.request.command_line = "bench " + command_line_text(argc, argv);
  const auto run = check(options.request);
  outlive_readers();
  const int exit_code = carry_out(*run, options.request, listen_for_interrupts(), std::cout);
  if (options.request.store.empty()) name_store_elsewhere(run->store);
  return exit_code;
}

}  // namespace bench::runner
