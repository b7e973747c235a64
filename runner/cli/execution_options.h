#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "runner/carry_out/carry_out.h"

namespace bench::runner {

/// The options that say how a run is carried out, none of which decides a result: the same for run
/// and resume.
struct ExecutionOptions {
  std::string checkpoint_every, stage_timeout, timeout, patience;
  bool keep_going = false;
  std::vector<std::string> slurm;
};

void add_execution_options(CLI::App& parser, ExecutionOptions& options, RunRequest& request);

/// \throws BadInput
void finish_execution_options(const ExecutionOptions& options, RunRequest& request);

}  // namespace bench::runner
