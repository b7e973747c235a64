#pragma once

#include <string>
#include <vector>

#include "runner/cli/command_shape.h"

namespace bench::runner {

/// A script for each shell that completes commands, options, and the words that an option takes.
/// Where anything else may stand, file names are offered.
std::string bash_completion(const std::vector<CommandShape>& commands);
std::string zsh_completion(const std::vector<CommandShape>& commands);
std::string fish_completion(const std::vector<CommandShape>& commands);

/// The first sentence of a description, without the default in brackets: fit for one line.
std::string short_text(const std::string& text);

/// bench(1), in the language of man(7): what each command is for, files, exit codes.
std::string man_page(const std::vector<CommandShape>& commands, const std::string& version);

/// bench-NAME(1); the commands within it are sections of it.
std::string man_page(const CommandShape& command, const std::string& version);

}  // namespace bench::runner
