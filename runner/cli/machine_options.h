#pragma once

#include <CLI/CLI.hpp>

#include "stages/exchange/settings.h"

namespace bench::runner {

/// `--threads`, `--device` and `--precision`: where and how one stage computes.
inline void add_machine_options(CLI::App& parser, exchange::Machine& machine) {
  parser.add_option("--threads", machine.threads, "number of CPU threads")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  parser.add_option("--device", machine.device, "device to compute on: cpu or cuda")
      ->check(CLI::IsMember({"cpu", "cuda"}))
      ->capture_default_str();
  parser.add_option("--precision", machine.precision, "numeric precision: fp32 or bf16")
      ->check(CLI::IsMember({"fp32", "bf16"}))
      ->capture_default_str();
}

}  // namespace bench::runner
