#pragma once

#include <string>
#include <vector>

#include "runner/cli/command.h"

namespace bench::runner {

/// One option or positional argument, as its parser knows it.
struct OptionShape {
  std::vector<std::string> names;    ///< "-h", "--help"; of a positional argument "EXPERIMENT"
  std::string text;                  ///< what --help says of it
  std::vector<std::string> choices;  ///< the words it takes; empty: any
  bool is_positional = false;
  bool is_required = false;
  bool takes_value = false;
};

/// What a parser takes: the one source of completions and man pages.
struct CommandShape {
  std::string name;     ///< "run"; of a command within a command its last word, "list"
  std::string summary;  ///< one line
  std::string text;     ///< what --help begins with; may have several lines
  std::vector<OptionShape> options;
  std::vector<CommandShape> nested;  ///< `bench data list`, `bench gate cost`
};

/// Asks the command's own parser; carries nothing out.
CommandShape shape_of(const Command& command);

/// Every command of `bench`, in the order of its --help.
std::vector<CommandShape> all_shapes();

}  // namespace bench::runner
