#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/cost_options.h"
#include "runner/cli/lone_stage_run.h"
#include "runner/cost/cost_record.h"

namespace bench::runner {

int cost_command(int argc, char** argv) {
  CLI::App parser(
      "Measure what it costs to restore one image: parameters, multiply-accumulates (MACs),\n"
      "memory and latency. With --step, measure one step of a training or a search instead:\n"
      "memory, milliseconds and images per second.");
  name_parser(parser, "cost");
  CostOptions options;
  bool as_json = false;
  add_cost_options(parser, options);
  add_step_options(parser, options);
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto stage = cost_stage(options, options.subject);
  const auto result = run_stage_alone({.kind = "cost",
                                       .name = "cost of " + options.subject,
                                       .settings_json = exchange::to_json(stage)},
                                      "measured");
  if (!result) return kExitInterrupted;
  const CostReport report{options.subject, title_of(options, options.subject),
                          cost_record(stage, *result), result->environment};
  std::cout << (as_json ? cost_json(report) : cost_table(report));
  return kExitOk;
}

}  // namespace bench::runner
