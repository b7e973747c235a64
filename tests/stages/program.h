#pragma once

#include <string>
#include <vector>

namespace bench::stages {

/// How a program ended and what it said.
struct ProgramRun {
  int code;
  std::string out;
  std::string err;
};

/// Runs `bench` with these words, no shell in between.
ProgramRun run_bench(const std::vector<std::string>& words);

}  // namespace bench::stages
