#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bench::digest {

/// SHA-256 (FIPS 180-4) of `bytes`, as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// The same of a file's content, read in blocks.
/// \throws std::runtime_error naming the file if it cannot be read to its end.
std::string sha256_hex_of_file(const std::filesystem::path& file);

}  // namespace bench::digest
