#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/cost_options.h"
#include "runner/cli/lone_stage_run.h"
#include "runner/cost/cost_record.h"

namespace bench::runner {

int cost_command(int argc, char** argv) {
  CLI::App parser(
      "What restoring one image takes: parameters, multiply-accumulates, memory, latency; or "
      "what "
      "one step\nof a training or of a search takes (--step): memory, milliseconds, images a "
      "second.");
  name_parser(parser, "cost");
  CostOptions options;
  bool as_json = false;
  add_cost_options(parser, options);
  add_step_options(parser, options);
  parser.add_flag("--json", as_json, "facts as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto stage = profile_stage(options, options.subject);
  const auto result = run_stage_alone({.kind = "profile",
                                       .name = "cost of " + options.subject,
                                       .settings_json = exchange::to_json(stage)},
                                      "measured");
  if (!result) return kExitInterrupted;
  const CostReport report{options.subject, title_of(options, options.subject),
                          cost_record(stage, *result), result->environment};
  std::cout << (as_json ? cost_json(report) : cost_table(report)) << std::flush;
  if (!std::cout) throw std::runtime_error("cost: the output cannot be written (disk full?)");
  return kExitOk;
}

}  // namespace bench::runner
