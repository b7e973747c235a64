#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "runner/carry_out/carry_out.h"

namespace bench::runner {

/// The options that say which experiment is meant and how: the same for run, plan, explain and
/// report.
struct RunOptions {
  RunRequest request;
  std::string seeds;  ///< "1,2,3"
};

void add_run_options(CLI::App& parser, RunOptions& options);

/// For the commands that write a report.
void add_report_option(CLI::App& parser, RunOptions& options);

/// Fills `request.seeds`. \throws BadInput
void finish_run_options(RunOptions& options);

}  // namespace bench::runner
