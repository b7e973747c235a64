#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bench::exchange {

/// Writes `text` so that `file` holds either what it held before or all of `text`, whatever
/// happens: written beside it, synchronized, renamed, and the folder synchronized.
/// \throws std::runtime_error naming the file and the system's reason.
void write_atomically(const std::filesystem::path& file, std::string_view text);

/// The whole content of a file. \throws std::runtime_error naming it.
std::string read_text(const std::filesystem::path& file);

}  // namespace bench::exchange
