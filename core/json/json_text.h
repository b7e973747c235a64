#pragma once

#include <filesystem>
#include <string>

namespace bench::core {

/// A path as text for JSON, which holds UTF-8 alone. \throws BadInput for a path of other bytes
std::string json_text_of(const std::filesystem::path& path);

}  // namespace bench::core
