#include "runner/carry_out/programs.h"

#include <cstdlib>
#include <stdexcept>

namespace bench::runner {

std::filesystem::path stage_program() {
  const char* set = std::getenv("BENCH_STAGE_PROGRAM");
  const std::filesystem::path program =
      set && *set ? std::filesystem::path(set)
                  : std::filesystem::read_symlink("/proc/self/exe").parent_path() / "bench-stage";
  if (!std::filesystem::exists(program)) {
    throw std::runtime_error(program.string() +
                             ": the program that runs stages is missing. Build it with ./bench, "
                             "or set BENCH_STAGE_PROGRAM");
  }
  return program;
}

}  // namespace bench::runner
