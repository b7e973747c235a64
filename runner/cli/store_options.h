#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>

#include "runner/experiment/project.h"

namespace bench::runner {

/// `--store DIR`, for commands that read what is on record: without it, that of the project that
/// the current folder belongs to.
inline void add_store_option(CLI::App& parser, std::filesystem::path& store) {
  const auto here = store_of(project_here());
  const auto shown = here.lexically_relative(std::filesystem::current_path());
  parser.add_option("--store", store, "folder for results")->default_val(shown);
}

/// RUN: without it, the run that was asked for last.
inline void add_run_argument(CLI::App& parser, std::string& run) {
  parser.add_option("RUN", run, "run id, the start of one, latest or latest~1")
      ->capture_default_str();
}

}  // namespace bench::runner
