#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

namespace bench::weights {

/// A whole file in memory.
/// \throws WeightsError naming the file if it is missing, not a regular file, or cannot be read.
std::vector<std::byte> read_file_bytes(const std::filesystem::path& file);

/// Writes the pieces one after the other so that `file` is afterwards either what it was before or
/// whole: see files::FileReplacement.
/// \throws WeightsError naming the file and the system's reason.
void write_file_atomically(const std::filesystem::path& file,
                           std::span<const std::span<const std::byte>> pieces);

}  // namespace bench::weights
