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

}  // namespace bench::runner
