#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bench::stages {

/// (name, value): LibTorch's version, threads, its vector level and the GPU that it sees.
std::vector<std::pair<std::string, std::string>> environment();

/// LibTorch appends a back trace to its messages: a user reads the first line.
std::string first_line(const std::string& message);

}  // namespace bench::stages
