#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/run_options.h"
#include "runner/host/writable_folder.h"

namespace bench::runner {

int report_command(int argc, char** argv) {
  CLI::App parser("Rewrite the report of a recorded run. Runs no stages.");
  name_parser(parser, "report");
  RunOptions options;
  std::string run_id;
  add_run_options(parser, options);
  add_report_option(parser, options);
  parser.add_option("--run", run_id,
                    "run id or the start of one [the run that bench run would do]");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  const auto run = check(options.request);
  require_writable_folder("--report", run->report_folder);
  write_run_report(*run, run_id.empty() ? run->run_id : run_id);
  std::cout << "report: " << (run->report_folder / "index.html").string() << "\n";
  return kExitOk;
}

}  // namespace bench::runner
