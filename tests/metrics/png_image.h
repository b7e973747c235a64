#pragma once

#include <filesystem>

#include "metrics/planes.h"

namespace bench::metrics {

/// An 8-bit gray or RGB PNG as planes. For tests alone: metrics/ itself reads no files.
/// \throws std::runtime_error naming the file.
Planes<std::uint8_t> read_png(const std::filesystem::path& file);

/// The folder named by the environment variable, else the one beside the sources.
std::filesystem::path folder_from_environment(const char* variable,
                                              const std::filesystem::path& beside_the_sources);

}  // namespace bench::metrics
