#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bench::runner {

/// What a command prints on its standard output, or nothing if it cannot be started or fails.
/// \param command  program (looked up in PATH) and arguments; no shell is involved.
std::optional<std::string> output_of(const std::vector<std::string>& command);

/// What `git ARGUMENTS` prints about the repository around `folder`. Nothing that the repository's
/// own configuration names is executed: no fsmonitor, hook, pager, external diff or text
/// conversion, whoever wrote it.
std::optional<std::string> git_output(const std::filesystem::path& folder,
                                      const std::vector<std::string>& arguments);

}  // namespace bench::runner
