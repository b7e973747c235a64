#pragma once

#include <filesystem>

namespace bench::runner {

/// The program that does one stage: beside this program, or BENCH_STAGE_PROGRAM.
/// \throws std::runtime_error if it is not there.
std::filesystem::path stage_program();

/// The file of this program.
std::filesystem::path own_program();

/// Where an installed program has its experiments/: PREFIX/share/bench, with the program in
/// PREFIX/lib/bench. In a checkout there is no such folder.
std::filesystem::path installed_share();

/// `path` as it was given, or, where that is not there, the installed file of that relative path:
/// `bench run experiments/derain_transfer.json` works in any folder.
std::filesystem::path given_or_installed(const std::filesystem::path& path);

}  // namespace bench::runner
