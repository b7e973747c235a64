// zsh: one `_arguments` call for each command, which knows repeated and attached values itself.
// fish: one `complete` line for each option, with the command as its condition.
#include <sstream>

#include "runner/cli/command_pages.h"

namespace bench::runner {
namespace {

// In a spec of _arguments, brackets and colons would end the description.
std::string zsh_text(const std::string& text) {
  std::string quoted;
  for (const char letter : short_text(text)) {
    if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') quoted += '\\';
    quoted += letter;
  }
  return quoted;
}

std::string zsh_values(const OptionShape& option) {
  if (option.choices.empty()) return "_files";
  std::string words;
  for (const auto& choice : option.choices) words += (words.empty() ? "" : " ") + choice;
  return "(" + words + ")";
}

void write_zsh_arguments(std::ostream& out, const CommandShape& command) {
  out << "_arguments -s";
  for (const auto& option : command.options) {
    if (option.is_positional) {
      const std::string name = zsh_text(option.names.front());
      out << " \\\n          " << shell_quoted("*:" + name + ":" + zsh_values(option));
      continue;
    }
    for (const auto& name : option.names) {
      std::string spec = "*" + name + (option.takes_value && name.starts_with("--") ? "=" : "") +
                         "[" + zsh_text(option.text) + "]";
      if (option.takes_value) spec += ":value:" + zsh_values(option);
      out << " \\\n          " << shell_quoted(spec);
    }
  }
  out << "\n";
}

void write_zsh_names(std::ostream& out, const std::vector<CommandShape>& commands) {
  out << "names=(";
  for (const auto& command : commands) {
    out << " \\\n    " << shell_quoted(command.name + ":" + short_text(command.summary));
  }
  out << ")\n";
}

void write_zsh_command(std::ostream& out, const CommandShape& command) {
  out << "    " << command.name << ")\n";
  if (!command.nested.empty()) {
    out << "      if (( CURRENT == 2 )); then\n        ";
    write_zsh_names(out, command.nested);
    out << "        _describe command names\n      fi\n      case $words[2] in\n";
    for (const auto& nested : command.nested) {
      out << "        " << nested.name << ")\n          shift words; (( CURRENT-- ))\n          ";
      write_zsh_arguments(out, nested);
      out << "          return ;;\n";
    }
    out << "      esac\n";
  }
  out << "      ";
  write_zsh_arguments(out, command);
  out << "      ;;\n";
}

void write_fish_options(std::ostream& out, const std::string& condition,
                        const CommandShape& command) {
  for (const auto& option : command.options) {
    std::string line = "complete -c bench -n " + shell_quoted(condition);
    if (option.is_positional) {
      if (option.choices.empty()) continue;
    } else {
      for (const auto& name : option.names) {
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      if (option.takes_value) line += option.choices.empty() ? " -r -F" : " -x";
    }
    std::string words;
    for (const auto& choice : option.choices) words += (words.empty() ? "" : " ") + choice;
    if (!words.empty()) line += " -a " + shell_quoted(words);
    out << line << " -d " << shell_quoted(short_text(option.text)) << "\n";
  }
}

}  // namespace

std::string zsh_completion(const std::vector<CommandShape>& commands) {
  std::ostringstream out;
  out << "#compdef bench\n"
         "# zsh completion of bench. Generated: bench completion zsh\n"
         "_bench() {\n  local -a names\n  ";
  write_zsh_names(out, commands);
  out << "  if (( CURRENT == 2 )); then\n    _describe command names\n    return\n  fi\n"
         "  shift words; (( CURRENT-- ))\n"
         "  case $words[1] in\n";
  for (const auto& command : commands) write_zsh_command(out, command);
  out << "  esac\n}\n"
         "# Read by compinit this file is the function; sourced it only declares it.\n"
         "if [[ $funcstack[1] == _bench ]]; then _bench \"$@\"; else compdef _bench bench; fi\n";
  return out.str();
}

std::string fish_completion(const std::vector<CommandShape>& commands) {
  std::ostringstream out;
  out << "# fish completion of bench. Generated: bench completion fish\n";
  for (const auto& command : commands) {
    out << "complete -c bench -f -n __fish_use_subcommand -a " << shell_quoted(command.name)
        << " -d " << shell_quoted(short_text(command.summary)) << "\n";
  }
  for (const auto& command : commands) {
    const std::string seen = "__fish_seen_subcommand_from " + command.name;
    write_fish_options(out, seen, command);
    for (const auto& nested : command.nested) {
      out << "complete -c bench -n " << shell_quoted(seen) << " -a " << shell_quoted(nested.name)
          << " -d " << shell_quoted(short_text(nested.summary)) << "\n";
      write_fish_options(out, seen + "; and __fish_seen_subcommand_from " + nested.name, nested);
    }
  }
  return out.str();
}

}  // namespace bench::runner
