#include "runner/carry_out/programs.h"

#include <cstdlib>
#include <stdexcept>

namespace bench::runner {
namespace {

// The link that a user starts (PREFIX/bin/bench) is followed.
std::filesystem::path program_folder() {
  return own_program().parent_path();
}

}  // namespace

std::filesystem::path own_program() {
  return std::filesystem::read_symlink("/proc/self/exe");
}

std::filesystem::path stage_program() {
  const char* set = std::getenv("BENCH_STAGE_PROGRAM");
  const std::filesystem::path program =
      set && *set ? std::filesystem::path(set) : program_folder() / "bench-stage";
  if (!std::filesystem::exists(program)) {
    throw std::runtime_error(program.string() +
                             ": the program that runs stages is missing. Build it with ./bench, "
                             "or set BENCH_STAGE_PROGRAM");
  }
  return program;
}

std::filesystem::path installed_share() {
  return (program_folder() / ".." / ".." / "share" / "bench").lexically_normal();
}

std::filesystem::path given_or_installed(const std::filesystem::path& path) {
  if (path.empty() || path.is_absolute() || std::filesystem::exists(path)) return path;
  const auto installed = installed_share() / path;
  return std::filesystem::exists(installed) ? installed : path;
}

}  // namespace bench::runner
