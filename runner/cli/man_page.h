#pragma once

#include <string>
#include <vector>

#include "runner/cli/command_shape.h"

namespace bench::runner {

/// bench(1), in the language of man(7): what each command is for, files, exit codes.
std::string man_page(const std::vector<CommandShape>& commands, const std::string& version);

/// bench-NAME(1); the commands within it are sections of it.
std::string man_page(const CommandShape& command, const std::string& version);

}  // namespace bench::runner
