#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bench::runner {

/// How a command ended.
struct CommandEnd {
  int exit_code = 0;      ///< 128 + signal where a signal ended it
  std::string output;     ///< standard output
  std::string complaint;  ///< standard error
};

/// Carries out a command and waits for its end. \returns nothing if it cannot be started.
/// \param command  program (looked up in PATH) and arguments; no shell is involved.
std::optional<CommandEnd> end_of_command(const std::vector<std::string>& command);

/// What a command prints on its standard output, or nothing if it cannot be started or fails.
/// \param command  program (looked up in PATH) and arguments; no shell is involved.
std::optional<std::string> output_of(const std::vector<std::string>& command);

/// What `git ARGUMENTS` prints about the repository around `folder`. Nothing that the repository's
/// own configuration names is executed: no fsmonitor, hook, pager, external diff or text
/// conversion, whoever wrote it.
std::optional<std::string> git_output(const std::filesystem::path& folder,
                                      const std::vector<std::string>& arguments);

}  // namespace bench::runner
