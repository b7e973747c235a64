#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>

namespace bench::runner {

/// `--store DIR`, for commands that read what is on record.
inline void add_store_option(CLI::App& parser, std::filesystem::path& store) {
  parser.add_option("--store", store, "folder for results")
      ->default_val(std::filesystem::path(".bench"));
}

}  // namespace bench::runner
