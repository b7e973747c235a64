#pragma once

#include <filesystem>

namespace bench::runner {

/// The program that does one stage: beside this program, or BENCH_STAGE_PROGRAM.
/// \throws std::runtime_error if it is not there.
std::filesystem::path stage_program();

}  // namespace bench::runner
