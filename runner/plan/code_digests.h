#pragma once

#include <string>

namespace bench::runner {

/// SHA-256 over the names and contents of a folder's sources when the program was built;
/// "libtorch" is the version of LibTorch. \throws std::out_of_range for an unknown folder.
std::string folder_digest(const std::string& folder);

}  // namespace bench::runner
